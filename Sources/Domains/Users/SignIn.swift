import JSON
import OpenAPI
import Web

/// Name and password, and where a second factor is in use its code, against a session of the API.
///
/// Unknown name, wrong password and disabled account have the same answer, cost the same time, and are throttled alike.
/// Where a second factor is in use `otp` brings its code along; without one the answer is 401 with a `challenge` for
/// `POST /api/auth/login/code/`. Where none is in use `otp` is not looked at.
/// - SQL: `api.begin_login`, `api.refuse_login`, `api.upgrade_password`, `api.open_session`, and those of ``PassChallenge``
///   (sql/functions/users/).
struct SignIn: FormAction {
    struct Body: RequestBody {
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

    static let body = Body()

    private let username: String
    private let password: String
    private let code: String?

    init(_ fields: inout FieldReader) {
        username = fields.read(Self.body.username)
        password = fields.read(Self.body.password)
        code = fields.read(Self.body.code)
    }

    func perform(_ context: Context) throws -> OpenedSession {
        let attempt = LoginAttempt(username: username, context)
        let user = try attempt.prove(password, context)
        switch try attempt.openSession(of: user, context) {
        case .session(let session): return session
        case .challenge(let token):
            guard let code else { throw Self.codeWanted(token) }
            return try PassChallenge(token, with: code, as: "otp").perform(context)
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
        "Enter the code from your authenticator app.", es: "Escriba el código de su aplicación de autenticación.")
}
