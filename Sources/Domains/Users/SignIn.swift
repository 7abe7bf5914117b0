import JSON
import OpenAPI
import Web

/// `POST /api/auth/login/`: name and password against a pair of tokens.
///
/// Unknown name, wrong password and disabled account have the same answer, cost the same time, and are throttled alike.
/// Where a second factor is in use `otp` brings its code along; without one the answer is 401 with a `challenge` for
/// `POST /api/auth/login/code/`. Where none is in use `otp` is not looked at.
/// - SQL: `api.begin_login`, `api.refuse_login`, `api.upgrade_password`, `api.open_session`, and those of ``CodeStep``
///   (sql/functions/users/).
struct SignIn: Endpoint {
    private struct Body: RequestBody {
        let username = BodyField.text(
            "username", maximum: 1024, Text("The user name.", es: "El nombre de usuario."), example: "ana")
        let password = BodyField.text(
            "password", maximum: 1024, Text("The password.", es: "La contraseña."),
            example: "cuatro-nubes-rosa-91", isSecret: true)
        let code = BodyField.optionalText(
            "otp", maximum: 100,
            Text(
                "Where a second factor is in use: six digits of the authenticator, or a recovery code.",
                es:
                    "Si hay segundo factor: seis dígitos de la aplicación de autenticación, o un código de recuperación."
            ),
            example: "492039")
    }

    private static let body = Body()
    static let documentation = Documentation(
        Text("Sign in", es: "Iniciar sesión"),
        Text(
            "A pair of tokens: the access token for an hour, the refresh token for the next pair.",
            es: "Un par de tokens: el de acceso dura una hora, el de renovación da el siguiente par."),
        body: body,
        answers: [
            .ok(TokenPair.schema),
            Answer(
                401,
                Text(
                    "They are not good, or the account is not active; or with `second_factor_required` a code is still to"
                        + " come: send it with the `challenge` to `login/code/` within five minutes.",
                    es: "No son válidos, o la cuenta no está activa; o con `second_factor_required` falta un código:"
                        + " envíelo con el `challenge` a `login/code/` en cinco minutos."),
                .named(
                    "SignInRefusal",
                    .object(
                        Property("detail", .string, Text("For people.", es: "Para personas.")),
                        Property(
                            "code", .string,
                            Text("For programs, where there is one.", es: "Para programas, si lo hay."),
                            required: false),
                        Property(
                            "challenge", .string,
                            Text("Stands for the right password.", es: "Representa la contraseña."),
                            required: false)))),
        ])

    private let username: String
    private let password: String
    private let code: String?

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        username = fields.read(Self.body.username)
        password = fields.read(Self.body.password)
        code = fields.read(Self.body.code)
        try fields.finish()
    }

    func respond(_ context: Context) throws -> Response {
        let attempt = LoginAttempt(username: username, context)
        let user = try attempt.prove(password, context)
        switch try attempt.openSession(of: user, context) {
        case .session(let session): return session.answer(context)
        case .challenge(let token):
            guard let code else { throw Self.codeWanted(token) }
            return try CodeStep(challenge: token, code: code, field: "otp").take(context).answer(context)
        }
    }

    private static func codeWanted(_ challenge: String) -> HTTPError {
        .unauthenticated(
            .body { language in
                [
                    "detail": .string(codeWantedText(language)), "code": "second_factor_required",
                    "challenge": .string(challenge),
                ]
            })
    }

    private static let codeWantedText = Text(
        "Enter the code of your authenticator.", es: "Escriba el código de su aplicación de autenticación.")
}
