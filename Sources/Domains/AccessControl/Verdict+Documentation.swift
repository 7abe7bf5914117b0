import JSON
import OpenAPI
import Vocabulary
import Web

extension Verdict {
    /// What `response` answers when somebody may pass.
    static let grantSchema = Schema.named(
        "Grant",
        .object(
            Property("valid", .constant(true)),
            Property("person_type", .nullable(.string), Text("Resident or visitor.", es: "Residente o visitante.")),
            Property("person_name", .nullable(.string), Text("Who it is.", es: "Quién es.")),
            Property("unit", .nullable(.string), Text("Where they live or go.", es: "Dónde vive o a dónde va.")),
            codeID, logID, warnings, attention,
            Property("uses_left", .integer(0...Int64.max), usesLeft, required: false)
        ))

    /// What `grant` answers.
    static func visitorGrantSchema(visitor: Schema, code: Schema) -> Schema {
        .named(
            "VisitorGrant",
            .object(
                Property("valid", .constant(true)), Property("visitor", visitor), Property("code", code), codeID, logID,
                warnings, attention, Property("uses_left", .integer(0...Int64.max), usesLeft)))
    }

    private static let codeID = Property("code_id", .nullable(.identifier), Text("The code.", es: "El código."))
    private static let logID = Property(
        "log_id", .nullable(.identifier), Text("The entry in the log.", es: "El registro en la bitácora."))
    private static let warnings = Property(
        "warnings", .array(.string),
        Text("What would have refused an entry, on the way out.", es: "Lo que habría impedido la entrada, al salir."))
    private static let usesLeft = Text("Entries left.", es: "Entradas restantes.")

    /// What `response` answers when not: one form, and a status by the first reason.
    static let refusals: [Answer] = [
        Answer(
            400, Text("Refused, or not a good question.", es: "Negado, o la pregunta no es válida."), refusedOrInvalid),
        Answer(403, Text("Refused: not at this gate.", es: "Negado: no en este acceso."), refusedOrFault),
        Answer(404, Text("Refused: unknown code or gate.", es: "Negado: código o acceso desconocido."), refusedOrFault),
        Answer(429, Text("Refused: too many attempts.", es: "Negado: demasiados intentos."), refusedOrFault),
    ]

    private static let refusedOrInvalid = Schema.anyOf([refusal, .fieldErrors, .error])
    private static let refusedOrFault = Schema.anyOf([refusal, .error])

    private static let refusal = Schema.named(
        "Refusal",
        .object(
            Property("valid", .constant(false)),
            Property("error", .string, Text("The legacy API's sentence.", es: "La frase de la API anterior.")),
            Property("reason", reasonName, Text("The first reason.", es: "El primer motivo.")),
            Property("reasons", .array(reasonName), Text("All of them.", es: "Todos.")),
            Property(
                "message", .string,
                Text("The first reason in the caller's language.", es: "El primer motivo en el idioma de quien llama.")),
            attention))

    private static let reasonName = Schema.named("Reason", .words(Reason.all.map(\.name)))

    private static let attention = Property(
        "attention", .array(.anything),
        Text(
            "Block list entries that resemble the person, for somebody to check.",
            es: "Registros de la lista de bloqueo que se parecen a la persona, para que alguien los revise."),
        required: false)
}
