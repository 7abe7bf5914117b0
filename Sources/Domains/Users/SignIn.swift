import Cryptography
import JSON
import PostgreSQL
import Web

/// `POST /api/auth/login/`: name and password against a pair of tokens.
///
/// Unknown name, wrong password and disabled account have the same answer, cost the same time, and are throttled alike.
/// - SQL: `api.begin_login`, `api.refuse_login`, `api.upgrade_password`, `api.open_session` (sql/functions/users/).
struct SignIn: Handler {
    private struct Body: RequestBody {
        let username = BodyField.text(
            "username", maximum: 1024, Text("The user name.", es: "El nombre de usuario."), example: "ana")
        let password = BodyField.text(
            "password", maximum: 1024, Text("The password.", es: "La contraseña."),
            example: "cuatro-nubes-rosa-91", isSecret: true)
    }

    private static let body = Body()
    static let documentation = Documentation(
        Text("Sign in", es: "Iniciar sesión"),
        Text(
            "A pair of tokens: the access token for an hour, the refresh token for the next pair.",
            es: "Un par de tokens: el de acceso dura una hora, el de renovación da el siguiente par."),
        body: body, answers: [.ok(TokenPair.schema), TokenAnswer.refusal])

    private let username: String
    private let password: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        username = fields.read(Self.body.username)
        password = fields.read(Self.body.password)
        try fields.finish()
    }

    func respond(_ context: Context) throws -> Response {
        let attempt = LoginAttempt(username: username, context)
        let user = try attempt.prove(password, context)
        let subject = try attempt.openSession(of: user, context)
        return .json(
            TokenPair.json(for: subject.subject, generation: subject.generation, issuedAt: context.now, context),
            headers: [attempt.cookie(context)])
    }
}
