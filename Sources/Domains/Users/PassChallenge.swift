import Cryptography
import JSON
import OpenAPI
import PostgreSQL
package import Web

/// The second step of a log-in: uses code and challenge up, and starts the session that the password and this code open.
///
/// - SQL: `api.begin_challenge`, `api.pass_challenge` (sql/functions/users/).
package struct PassChallenge: FormAction {
    package struct Body: RequestBody {
        let challenge = BodyField.text(
            "challenge", maximum: 100,
            Text("What the log-in with the password answered.", es: "Lo que respondió el inicio con la contraseña."),
            example: "kqJ0m2b9", isSecret: true)
        let code = BodyField.secondFactorCode
    }

    package static let body = Body()

    private let challenge: String
    private let code: TypedCode
    private let field: String
    private let pageTag: [UInt8]?

    /// - Parameters:
    ///   - challenge: what the first step gave.
    ///   - code: six digits or a recovery code, as typed.
    ///   - field: the name under which a wrong one is told.
    ///   - pageTag: the tag of the cookie, for a session of pages.
    package init(_ challenge: String, with code: String, as field: String = "code", pageTag: [UInt8]? = nil) {
        self.challenge = challenge
        self.code = TypedCode(code)
        self.field = field
        self.pageTag = pageTag
    }

    package init(_ fields: inout FieldReader) {
        self.init(fields.read(Self.body.challenge), with: fields.read(Self.body.code))
    }

    /// - Throws: 401 with `challenge_expired` when the log-in must begin anew, 400 for a code that is not right, 429 after
    ///   too many.
    package func perform(_ context: Context) throws -> OpenedSession {
        let tags = Parameter.bytesArray(context.keys.accounts.tags(.loginChallenge, challenge))
        let begun = try context.database.run(
            Statement(
                "select wait_seconds, secret_sealed, key_version, user_id, username from api.begin_challenge($1)",
                name: "begin_challenge", parameters: [tags]))
        guard begun.count == 1 else { throw Self.expired }
        let user = try begun[0].integer(3)
        let counted = try CountedSecret(begun[0], of: user, context)
        let rows = try context.database.run(
            Statement(
                "select session_id, generation, token_version, role"
                    + " from api.pass_challenge($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                name: "pass_challenge",
                parameters: [tags] + code.parameters(counted.secret, context) + [
                    try counted.isAged ? .bytes(counted.secret.sealed(for: user, with: context.keys.factors)) : .null,
                    .integer(Int64(context.keys.factors.generation)), .text(context.request.id),
                    .text(context.request.address), .text(context.request.parameters["HTTP_USER_AGENT"] ?? ""),
                    pageTag.map { .bytes($0) } ?? .null,
                ]))
        guard rows.count == 1 else { throw TypedCode.wrong(field) }
        let username = try begun[0].text(4)
        let device = KnownDevice(context.request, username: username, context.keys.accounts)
        return try OpenedSession(
            rows[0], of: user, cookie: device.cookie(username: username, context.keys.accounts), context)
    }

    private static let expired = HTTPError.unauthenticated(
        .detail(
            Text(
                "This sign-in took too long or had too many wrong codes: start over.",
                es: "El inicio de sesión tardó demasiado o tuvo demasiados códigos incorrectos: comience de nuevo."),
            code: "challenge_expired"))
}
