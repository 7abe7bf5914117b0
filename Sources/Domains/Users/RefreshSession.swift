import Cryptography
import JSON
import OpenAPI
import PostgreSQL
import Web

/// `POST /api/auth/refresh/`: a refresh token against the next pair of its family.
///
/// The previous token may be retried for ten seconds and yields the same successor; any older one ends the family.
/// - SQL: `api.rotate_session` (sql/functions/users/rotate_session.sql).
struct RefreshSession: Endpoint {
    private static let body = TokenBody(
        "refresh", Text("The last refresh token.", es: "El último token de renovación."))
    static let documentation = Documentation(
        Text("Renew a session", es: "Renovar la sesión"),
        Text(
            "A refresh token works once (ten seconds longer for a retry); an older one ends the session.",
            es:
                "Un token de renovación sirve una vez (diez segundos más para reintentar); uno más viejo termina la sesión."
        ),
        body: body, answers: [.ok(TokenPair.schema), TokenAnswer.refusal])

    private let token: String

    init(_ request: Request) throws(HTTPError) {
        token = try Self.body.token(of: request)
    }

    func respond(_ context: Context) throws -> Response {
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
            let pair = TokenPair.json(
                for: subject, generation: Int(try row.integer(2)), issuedAt: try row.integer(5), context)
            return .json(TokenPair.renewed(pair))
        case "inactive": throw HTTPError.unauthenticated(.detail(Self.noAccount, code: nil))
        default: throw TokenAnswer.invalid
        }
    }

    private static let noAccount = Text(
        "No active account found for the given token.", es: "No se encontró una cuenta activa para el token.")
}
