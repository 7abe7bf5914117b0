import Cryptography
import JSON
import OpenAPI
import QRCode
import Vocabulary
import Web

/// Enrolling, confirming and ending a second factor.
let secondFactorRoutes: [Route] = [
    .action(
        "/api/auth/second_factor/", by: .get, for: .signedIn, ShowSecondFactor.self,
        Documentation(
            Text("Show one's second factor", es: "Mostrar el propio segundo factor"),
            Text(
                "Whether the site requires one and whether it is in use.",
                es: "Si el residencial lo exige y si está en uso."),
            answers: [.ok(.secondFactor)]),
        reading: { _ in ShowSecondFactor() }
    ) { factor, context in
        let state = try factor.perform(context)
        return .json([
            "enabled": .bool(state.confirmedAt != nil), "required": .bool(state.isRequired),
            "confirmed_at": state.confirmedAt.map { .string($0) } ?? .null,
            "recovery_codes_left": .integer(state.recoveryCodesLeft),
        ])
    },
    .action(
        "/api/auth/second_factor/", for: .signedIn, StartSecondFactor.self,
        Documentation(
            Text("Start a second factor", es: "Comenzar un segundo factor"),
            Text(
                "A new secret, shown this once. Nothing asks for it before it is confirmed with a first code.",
                es:
                    "Un secreto nuevo, que se muestra solo esta vez. No se pide hasta confirmarlo con un primer código."
            ),
            answers: [.created(.secondFactorSecret)])
    ) { start, context in
        let enrolment = try start.perform(context)
        let picture = Base64.encode(try enrolment.picture.png(scale: 6))
        return .json(
            [
                "secret": .string(enrolment.secret.base32), "uri": .string(enrolment.uri),
                "qr_code": .string("data:image/png;base64,\(picture)"),
            ], status: 201)
    },
    .action(
        "/api/auth/second_factor/confirm/", for: .signedIn, ConfirmSecondFactor.self,
        Documentation(
            Text("Confirm a second factor", es: "Confirmar el segundo factor"),
            Text(
                "From now on a log-in needs a code; every other session ends. The recovery codes are shown this once.",
                es:
                    "Desde ahora el inicio de sesión pide un código; las demás sesiones terminan. Los códigos de recuperación"
                    + " se muestran solo esta vez."),
            answers: [.ok(.recoveryCodes)])
    ) { confirmation, context in
        .recoveryCodes(try confirmation.perform(context))
    },
    .action(
        "/api/auth/second_factor/disable/", for: .signedIn, DisableSecondFactor.self,
        Documentation(
            Text("Disable one's second factor", es: "Quitar el propio segundo factor"),
            Text(
                "A log-in needs a password alone again.", es: "El inicio de sesión vuelve a pedir solo la contraseña."),
            answers: [.noContent])),
    .action(
        "/api/auth/second_factor/recovery_codes/", for: .signedIn, RenewRecoveryCodes.self,
        Documentation(
            Text("Renew one's recovery codes", es: "Renovar los códigos de recuperación"),
            Text("Those before are void.", es: "Los anteriores dejan de servir."), answers: [.ok(.recoveryCodes)])
    ) { renewal, context in
        .recoveryCodes(try renewal.perform(context))
    },
    .action(
        "/api/users/{id}/reset_second_factor/", for: .administrators, ResetSecondFactor.self,
        Documentation(
            Text("Reset the second factor of an account", es: "Restablecer el segundo factor de una cuenta"),
            Text(
                "For who has lost it: it is gone, and every session of the account ends.",
                es: "Para quien lo perdió: se quita y terminan todas las sesiones de la cuenta."),
            answers: [.noContent])),
]

extension Response {
    fileprivate static func recoveryCodes(_ codes: [String]) -> Response {
        .json(["recovery_codes": .array(codes.map { .string($0) })])
    }
}

extension Schema {
    fileprivate static let secondFactor = Schema.named(
        "SecondFactor",
        .object(
            Property("enabled", .boolean, Text("A log-in needs a code.", es: "El inicio pide un código.")),
            Property("required", .boolean, Text("The site demands it.", es: "El residencial lo exige.")),
            Property("confirmed_at", .nullable(.timestamp), Text("Since when.", es: "Desde cuándo.")),
            Property(
                "recovery_codes_left", .integer(0...10), Text("Not used yet.", es: "Los que quedan sin usar."))))
    fileprivate static let secondFactorSecret = Schema.named(
        "SecondFactorSecret",
        .object(
            Property("secret", .string, Text("Base 32, to type.", es: "Base 32, para escribir.")),
            Property("uri", .format("uri"), Text("What the picture holds.", es: "Lo que contiene la imagen.")),
            Property(
                "qr_code", .format("uri"),
                Text("A PNG picture as a `data:` address.", es: "Imagen PNG como dirección `data:`."))))
    fileprivate static let recoveryCodes = Schema.named(
        "RecoveryCodes",
        .object(
            Property(
                "recovery_codes", .array(.string),
                Text("Each stands in for a code once.", es: "Cada uno sustituye a un código una vez."))))
}
