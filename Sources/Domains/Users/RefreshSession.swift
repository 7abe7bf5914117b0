import Cryptography
import OpenAPI
import PostgreSQL
import Web

/// A refresh token against the next pair of its family.
///
/// The previous token may be retried for ten seconds and yields the same successor; any older one ends the family.
/// - SQL: `api.rotate_session` (sql/functions/users/rotate_session.sql).
struct RefreshSession: FormAction {
    static let body = TokenBody("refresh", Text("The last refresh token.", es: "El último token de renovación."))

    private let token: String

    init(_ fields: inout FieldReader) { token = fields.read(Self.body.token) }

    /// - Throws: 401 for a token that is not good, or of an account that is switched off.
    func perform(_ context: Context) throws -> TokenPair {
        let claims = try TokenAnswer.verify(token, as: .refresh, context)
        let row = try context.database.run([
            Statement(
                "select outcome, user_id, generation, token_version, role, extract(epoch from issued_at)::bigint"
                    + " from api.rotate_session($1, $2)",
                name: "rotate_session",
                parameters: [.integer(claims.subject.sessionID), .integer(Int64(claims.generation ?? 0))])
        ])[0][0]
        switch try row.text(0) {
        case "rotated", "retried":
            let subject = TokenSubject(
                userID: try row.integer(1), sessionID: claims.subject.sessionID,
                tokenVersion: Int(try row.integer(3)), role: try row.text(4))
            return TokenPair(
                subject: subject, generation: Int(try row.integer(2)), issuedAt: try row.integer(5))
        case "inactive": throw HTTPError.unauthenticated(.detail(Self.noAccount, code: nil))
        default: throw TokenAnswer.invalid
        }
    }

    private static let noAccount = Text(
        "No active account found for the given token.", es: "No se encontró una cuenta activa para el token.")
}
