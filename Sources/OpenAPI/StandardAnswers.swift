import JSON
import Web

/// The answers that operations share: the shapes of `HTTPError`, each written once among the components.
enum StandardAnswers {
    /// Names for references, in the order of the statuses.
    static let all: [(status: String, name: String, description: Text, schema: Schema)] = [
        (
            "400", "Invalid", Text("What was sent is not valid.", es: "Lo enviado no es válido."),
            .anyOf([fieldErrors, detail])
        ),
        (
            "401", "Unauthorized",
            Text("No good token or signature came with it.", es: "No trae un token o una firma válidos."), tokenError
        ),
        (
            "403", "Forbidden", Text("This caller may not do that.", es: "Quien llama no puede hacerlo."), detail
        ),
        (
            "404", "NotFound",
            Text(
                "There is no such row or page for this caller.", es: "No existe ese registro o página para quien llama."
            ),
            detail
        ),
        (
            "406", "NotAcceptable",
            Text("`Accept` names no form we can answer in.", es: "`Accept` no nombra un formato disponible."), detail
        ),
        (
            "409", "Conflict",
            Text("The state of things forbids it.", es: "El estado actual no lo permite."), conflict
        ),
        (
            "412", "Changed",
            Text("It is not in the state that `If-Match` names.", es: "No está en el estado que nombra `If-Match`."),
            detail
        ),
        (
            "413", "TooLarge", Text("The body is too large.", es: "El cuerpo es demasiado grande."), detail
        ),
        (
            "415", "UnsupportedMediaType",
            Text(
                "The body is neither JSON nor a form.", es: "El cuerpo no es JSON ni un formulario."), detail
        ),
        (
            "429", "Throttled",
            Text(
                "Too many requests: wait for `Retry-After` seconds.",
                es: "Demasiadas solicitudes: espere los segundos de `Retry-After`."),
            detail
        ),
        (
            "5XX", "Failure",
            Text(
                "A failure of ours; `request_id` finds it in the log. 503 and 504 may be tried again.",
                es: "Una falla nuestra; `request_id` la ubica en la bitácora. 503 y 504 pueden reintentarse."),
            failure
        ),
    ]

    /// The statuses that any request to the route may be answered with.
    static func statuses(of route: Route) -> [String] {
        var statuses = ["400", "404", "406", "429", "5XX"]
        if route.access != .anyone { statuses += ["401", "403"] }
        if route.method != .get { statuses += ["409", "413"] }
        if route.documentation?.body != nil { statuses.append("415") }
        if route.documentation?.parameters.contains(where: { $0.name == RequestParameter.ifMatch.name }) == true {
            statuses.append("412")
        }
        return all.map(\.status).filter(statuses.contains)
    }

    static let detail = Schema.named("Error", .object(detailProperty, codeProperty))
    private static let detailProperty = Property("detail", .string, Text("For people.", es: "Para personas."))
    private static let codeProperty = Property(
        "code", .string, Text("For programs, where there is one.", es: "Para programas, si lo hay."), required: false)
    private static let conflict = Schema.named(
        "Conflict",
        .object(
            detailProperty, codeProperty,
            Property(
                "reasons",
                .array(
                    .object(
                        Property("table", .string), Property("name", .string),
                        Property("count", .integer(1...Int64.max)))),
                Text("What needs the row that was to be deleted.", es: "Lo que necesita el registro por eliminar."),
                required: false)))
    static let fieldErrors = Schema.named("FieldErrors", .map(.array(.string)))
    private static let failure = Schema.named(
        "Failure",
        .object(
            detailProperty,
            Property(
                "request_id", .string, Text("Name of the request.", es: "Nombre de la solicitud."), required: false)))
    private static let tokenError = Schema.named(
        "TokenError",
        .object(
            detailProperty, codeProperty,
            Property(
                "messages",
                .array(
                    .object(
                        Property("token_class", .string), Property("token_type", .string), Property("message", .string))
                ), Text("What is wrong with the token.", es: "Qué falla en el token."), required: false)))

    /// The form of every error for clients that ask for it by `Accept: application/problem+json`.
    static let problem = Schema.named(
        "Problem",
        .object(
            Property("type", .format("uri-reference")), Property("title", .string),
            Property("status", .integer(400...599)),
            Property("detail", .string, required: false), Property("code", .string, required: false),
            Property("errors", .anything, required: false), Property("request_id", .string, required: false)))
}

extension Schema {
    /// `{"detail": …}`.
    package static let error = StandardAnswers.detail
    /// `{"field": ["…"]}`.
    package static let fieldErrors = StandardAnswers.fieldErrors
}
