import Cryptography
import JSON
import OpenAPI
import PostgreSQL
import Web

/// `POST /api/auth/password/`: `{old_password, new_password}`: sets one's own password and ends every other session.
///
/// The answer is a new pair of tokens: the one that called is void like all others.
/// - SQL: `api.own_account`, `api.change_password` (sql/functions/users/).
struct ChangePassword: Endpoint {
    private struct Body: RequestBody {
        let old = BodyField.text(
            "old_password", maximum: 1024, Text("The present password.", es: "La contraseña actual."),
            example: "cuatro-nubes-rosa-91", isSecret: true)
        let new = BodyField.text(
            "new_password", maximum: nil,
            Text("The new one, 8 to 1024 characters.", es: "La nueva, de 8 a 1024 caracteres."),
            example: "siete-mares-verde-37", isSecret: true)
    }

    private static let body = Body()
    static let documentation = Documentation(
        Text("Change one's password", es: "Cambiar la propia contraseña"),
        Text(
            "Every other session ends; the answer is a new pair of tokens.",
            es: "Las demás sesiones terminan; la respuesta es un nuevo par de tokens."),
        body: body, answers: [.ok(TokenPair.schema)])

    private let old: String
    private let new: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        old = fields.read(Self.body.old)
        new = fields.read(Self.body.new)
        try fields.finish()
    }

    func respond(_ context: Context) throws -> Response {
        let account = try OwnAccount(context)
        try account.prove(old, as: "old_password", context)
        let change = try account.change(to: new, as: "new_password", context)
        let row = try context.database.run(change).single()
        let caller = try context.requireCaller()
        let subject = TokenSubject(
            userID: caller.userID, sessionID: caller.sessionID, tokenVersion: Int(try row.integer(1)),
            role: try row.text(2))
        return .json(
            TokenPair.json(
                for: subject, generation: Int(try row.integer(0)), issuedAt: try row.integer(3), context))
    }
}
