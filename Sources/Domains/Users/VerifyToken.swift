import Cryptography
import JSON
import OpenAPI
import PostgreSQL
import Web

/// `POST /api/auth/verify/`: `{}` while a token of either kind is good and its session lives.
/// - SQL: `api.session_is_live` (sql/functions/users/session_is_live.sql).
struct VerifyToken: Endpoint {
    private struct Body: RequestBody {
        let token = BodyField.text(
            "token", maximum: 4096, Text("A token of either kind.", es: "Un token de cualquier tipo."),
            example: "eyJhbGciOiJIUzI1NiJ9.e30.c2ln", isSecret: true)
    }

    private static let body = Body()
    static let documentation = Documentation(
        Text("Check a token", es: "Verificar un token"),
        Text("Nothing while it is good and its session lives.", es: "Nada, mientras sea válido y su sesión siga viva."),
        body: body, answers: [.ok(.object()), TokenAnswer.refusal])

    private let token: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        token = fields.read(Self.body.token)
        try fields.finish()
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
