import Cryptography
import JSON
import OpenAPI
import QRCode
import Vocabulary
import Web

/// Enrolling, confirming and ending a second factor.
let secondFactorRoutes: [Route] = [
    .get("/api/auth/second_factor/", for: .signedIn, ShowSecondFactor.self),
    .post("/api/auth/second_factor/", for: .signedIn, StartSecondFactor.self),
    .post("/api/auth/second_factor/confirm/", for: .signedIn, ConfirmSecondFactor.self),
    .post("/api/auth/second_factor/disable/", for: .signedIn, DisableSecondFactor.self),
    .post("/api/auth/second_factor/recovery_codes/", for: .signedIn, RenewRecoveryCodes.self),
    .post("/api/users/{id}/reset_second_factor/", for: .administrators, ResetSecondFactor.self),
]

/// `GET /api/auth/second_factor/`: whether one is required and in use, and how many recovery codes are left.
struct ShowSecondFactor: Endpoint {
    static let documentation = Documentation(
        Text("Show one's second factor", es: "Mostrar el propio segundo factor"),
        Text(
            "Whether the site requires one and whether it is in use.",
            es: "Si el residencial lo exige y si está en uso."),
        answers: [
            .ok(
                .named(
                    "SecondFactor",
                    .object(
                        Property("enabled", .boolean, Text("A log-in needs a code.", es: "El inicio pide un código.")),
                        Property(
                            "required", .boolean, Text("The site demands it.", es: "El residencial lo exige.")),
                        Property(
                            "confirmed_at", .nullable(.timestamp), Text("Since when.", es: "Desde cuándo.")),
                        Property(
                            "recovery_codes_left", .integer(0...10),
                            Text("Not used yet.", es: "Los que quedan sin usar.")))))
        ])

    init(_ request: Request) throws(HTTPError) {}

    func respond(_ context: Context) throws -> Response {
        let state = try SecondFactor(context).state()
        return .json([
            "enabled": .bool(state.confirmedAt != nil), "required": .bool(state.isRequired),
            "confirmed_at": state.confirmedAt.map { .string($0) } ?? .null,
            "recovery_codes_left": .integer(state.recoveryCodesLeft),
        ])
    }
}

/// `POST /api/auth/second_factor/`: `{password}`: a new secret, for an authenticator to read or a person to type.
struct StartSecondFactor: Endpoint {
    private struct Body: RequestBody {
        let password = BodyField.ownPassword
    }

    private static let body = Body()
    static let documentation = Documentation(
        Text("Start a second factor", es: "Comenzar un segundo factor"),
        Text(
            "A new secret, shown this once. Nothing asks for it before it is confirmed with a first code.",
            es: "Un secreto nuevo, que se muestra solo esta vez. No se pide hasta confirmarlo con un primer código."),
        body: body,
        answers: [
            .created(
                .named(
                    "SecondFactorSecret",
                    .object(
                        Property("secret", .string, Text("Base 32, to type.", es: "Base 32, para escribir.")),
                        Property(
                            "uri", .format("uri"), Text("What the picture holds.", es: "Lo que contiene la imagen.")),
                        Property(
                            "qr_code", .format("uri"),
                            Text("A PNG picture as a `data:` address.", es: "Imagen PNG como dirección `data:`.")))))
        ])

    private let password: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        password = fields.read(Self.body.password)
        try fields.finish()
    }

    func respond(_ context: Context) throws -> Response {
        let enrolment = try SecondFactor(context).start(password: password)
        let picture = Base64.encode(try enrolment.picture.png(scale: 6))
        return .json(
            [
                "secret": .string(enrolment.secret.base32), "uri": .string(enrolment.uri),
                "qr_code": .string("data:image/png;base64,\(picture)"),
            ], status: 201)
    }
}

/// `POST /api/auth/second_factor/confirm/`: `{code}`: the first code; the answer shows the recovery codes, this once.
struct ConfirmSecondFactor: Endpoint {
    private struct Body: RequestBody {
        let code = BodyField.secondFactorCode
    }

    private static let body = Body()
    static let documentation = Documentation(
        Text("Confirm a second factor", es: "Confirmar el segundo factor"),
        Text(
            "From now on a log-in needs a code; every other session ends. The recovery codes are shown this once.",
            es:
                "Desde ahora el inicio de sesión pide un código; las demás sesiones terminan. Los códigos de recuperación"
                + " se muestran solo esta vez."),
        body: body, answers: [.ok(.recoveryCodes)])

    private let code: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        code = fields.read(Self.body.code)
        try fields.finish()
    }

    func respond(_ context: Context) throws -> Response {
        .recoveryCodes(try SecondFactor(context).confirm(code: code))
    }
}

/// `POST /api/auth/second_factor/disable/`: `{password, code}`: a log-in needs a password alone again.
struct DisableSecondFactor: Endpoint {
    static let documentation = Documentation(
        Text("Disable one's second factor", es: "Quitar el propio segundo factor"),
        Text("A log-in needs a password alone again.", es: "El inicio de sesión vuelve a pedir solo la contraseña."),
        body: SecondFactorProof.body, answers: [.noContent])

    private let proof: SecondFactorProof

    init(_ request: Request) throws(HTTPError) { proof = try SecondFactorProof(request) }

    func respond(_ context: Context) throws -> Response {
        try SecondFactor(context).disable(password: proof.password, code: proof.code)
        return .noContent
    }
}

/// `POST /api/auth/second_factor/recovery_codes/`: `{password, code}`: ten new ones; those before are void.
struct RenewRecoveryCodes: Endpoint {
    static let documentation = Documentation(
        Text("Renew one's recovery codes", es: "Renovar los códigos de recuperación"),
        Text("Those before are void.", es: "Los anteriores dejan de servir."),
        body: SecondFactorProof.body, answers: [.ok(.recoveryCodes)])

    private let proof: SecondFactorProof

    init(_ request: Request) throws(HTTPError) { proof = try SecondFactorProof(request) }

    func respond(_ context: Context) throws -> Response {
        .recoveryCodes(try SecondFactor(context).renewRecoveryCodes(password: proof.password, code: proof.code))
    }
}

/// `POST /api/users/{id}/reset_second_factor/`: an administrator takes away what somebody has lost.
///
/// - SQL: `api.reset_second_factor` (sql/functions/users/reset_second_factor.sql).
struct ResetSecondFactor: Endpoint {
    static let documentation = Documentation(
        Text("Reset the second factor of an account", es: "Restablecer el segundo factor de una cuenta"),
        Text(
            "For who has lost it: it is gone, and every session of the account ends.",
            es: "Para quien lo perdió: se quita y terminan todas las sesiones de la cuenta."),
        answers: [.noContent])

    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        try AccountTask.resetSecondFactor(of: id, context)
        return .noContent
    }
}

extension Response {
    fileprivate static func recoveryCodes(_ codes: [String]) -> Response {
        .json(["recovery_codes": .array(codes.map { .string($0) })])
    }
}

extension BodyField where Value == String {
    static var ownPassword: BodyField {
        .text(
            "password", maximum: 1024, Text("One's own password.", es: "La propia contraseña."),
            example: "cuatro-nubes-rosa-91", isSecret: true)
    }

    /// Six digits or a recovery code.
    static var secondFactorCode: BodyField {
        .text(
            "code", maximum: 100,
            Text(
                "Six digits of the authenticator, or a recovery code.",
                es: "Seis dígitos de la aplicación de autenticación, o un código de recuperación."),
            example: "492039", isSecret: true)
    }
}

extension Schema {
    fileprivate static let recoveryCodes = Schema.named(
        "RecoveryCodes",
        .object(
            Property(
                "recovery_codes", .array(.string),
                Text("Each stands in for a code once.", es: "Cada uno sustituye a un código una vez."))))
}
