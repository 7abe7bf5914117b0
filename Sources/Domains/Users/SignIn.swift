import Cryptography
import JSON
import PostgreSQL
import Web

/// `POST /api/auth/login/`: name and password against a pair of tokens.
///
/// Unknown name, wrong password and disabled account have the same answer, cost the same time, and are throttled alike.
/// - SQL: `api.begin_login`, `api.refuse_login`, `api.upgrade_password`, `api.open_session` (sql/functions/users/).
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
        let attempt = LoginAttempt(username: username, context)
        let account = try attempt.begin(context)
        // In this order: a name that nobody has must cost a password as well.
        guard account.accepts(password), let user = account.user else {
            try attempt.refuse(account.user, context)
            throw Self.refused
        }
        if let old = account.hash, old.needsUpgrade { try upgrade(old, of: user, context) }
        let subject = try attempt.openSession(of: user, context)
        return .json(
            TokenPair.json(for: subject.subject, generation: subject.generation, issuedAt: context.now, context),
            headers: [attempt.cookie(context)])
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
