import Cryptography
import JSON
import PostgreSQL
import Web

/// `POST /api/auth/login/`: name and password against a pair of tokens.
///
/// Unknown name, wrong password and disabled account have the same answer and cost the same time.
/// - SQL: `api.find_credentials`, `api.upgrade_password`, `api.open_session` (sql/functions/users/).
struct SignIn: Handler {
    private let username: String
    private let password: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        username = fields.text("username", maximum: 1024)
        password = fields.text("password", maximum: 1024)
        try fields.finish()
    }

    func respond(_ context: Context) throws -> Response {
        let user = try verifiedUser(context)
        let opened = try context.database.run([
            Statement(
                "select session_id, generation, token_version, role from api.open_session($1, $2, $3)",
                name: "open_session",
                parameters: [
                    .integer(user), .text(context.request.address),
                    .text(context.request.parameters["HTTP_USER_AGENT"] ?? ""),
                ])
        ])[0]
        guard opened.count == 1 else { throw Self.refused }
        let row = opened[0]
        let subject = TokenSubject(
            userID: user, sessionID: try row.integer(0), tokenVersion: Int(try row.integer(2)), role: try row.text(3))
        return .json(
            TokenPair.json(for: subject, generation: Int(try row.integer(1)), issuedAt: context.now, context))
    }

    private func verifiedUser(_ context: Context) throws -> Int64 {
        let found = try context.database.run([
            Statement(
                "select user_id, password_hash, is_active from api.find_credentials($1)", name: "find_credentials",
                parameters: [.text(username)])
        ])[0]
        guard found.count == 1 else {
            _ = PasswordHash.dummy.matches(password)
            throw Self.refused
        }
        let row = found[0]
        // A hash that cannot be read costs as much as one that can.
        let hash = (try? PasswordHash(try row.text(1))) ?? .dummy
        let matches = hash.matches(password)
        guard try row.bool(2), matches else { throw Self.refused }
        let user = try row.integer(0)
        if hash.needsUpgrade { try upgrade(hash, of: user, context) }
        return user
    }

    /// A password hashed with fewer rounds than today's, such as one brought over, is hashed anew while it is at hand.
    private func upgrade(_ old: PasswordHash, of user: Int64, _ context: Context) throws {
        let new = try PasswordHash.make(password)
        _ = try context.database.run(
            Statement(
                "select api.upgrade_password($1, $2, $3)", name: "upgrade_password",
                parameters: [.integer(user), .text(old.stored), .text(new.stored)]))
    }

    private static let refused = HTTPError.unauthenticated(
        .detail(
            Text(
                "No active account found with the given credentials",
                es: "No se encontró una cuenta activa con esas credenciales"),
            code: nil))
}
