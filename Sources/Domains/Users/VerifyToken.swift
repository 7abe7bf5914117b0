import Cryptography
import JSON
import OpenAPI
import PostgreSQL
import Web

/// `POST /api/auth/verify/`: `{}` while a token of either kind is good and its session lives.
/// - SQL: `api.session_is_live` (sql/functions/users/session_is_live.sql).
struct VerifyToken: Endpoint {
    private static let body = TokenBody("token", Text("A token of either kind.", es: "Un token de cualquier tipo."))
    static let documentation = Documentation(
        Text("Check a token", es: "Verificar un token"),
        Text("Nothing while it is good and its session lives.", es: "Nada, mientras sea válido y su sesión siga viva."),
        body: body, answers: [.ok(.object()), TokenAnswer.refusal])

    private let token: String

    init(_ request: Request) throws(HTTPError) {
        token = try Self.body.token(of: request)
    }

    func respond(_ context: Context) throws -> Response {
        let subject = try TokenAnswer.verify(token, as: nil, context).subject
        let live = try context.database.run([
            Statement(
                "select api.session_is_live($1, $2, $3)", name: "session_is_live",
                parameters: [
                    .integer(subject.userID), .integer(Int64(subject.tokenVersion)), .integer(subject.sessionID),
                ])
        ])[0][0].bool(0)
        guard live else { throw TokenAnswer.invalid }
        return .json([:])
    }
}
