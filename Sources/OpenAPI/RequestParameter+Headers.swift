import JSON
import Web

/// The headers that operations share.
extension RequestParameter {
    /// The header's documentation.
    package static let idempotencyKey = RequestParameter(
        "Idempotency-Key", in: .header,
        .plain([.init(name: "type", value: "string"), .init(name: "pattern", value: "^[!-~]{1,64}$")]),
        Text(
            "The client's name for this request: repeated, it gets the first answer again, with `Idempotent-Replay`.",
            es: "Nombre que el cliente da a esta solicitud: si se repite, recibe la primera respuesta, con"
                + " `Idempotent-Replay`."), shared: "idempotencyKey")

    /// For a change of what the client has seen, and of nothing else.
    package static let ifMatch = RequestParameter(
        "If-Match", in: .header, .string,
        Text(
            "The `ETag` of the state seen: another one is not changed (412).",
            es: "El `ETag` del estado visto: otro no se cambia (412)."), shared: "ifMatch")

    /// For a read of what the client may have already.
    static let ifNoneMatch = RequestParameter(
        "If-None-Match", in: .header, .string,
        Text(
            "The `ETag` of what is at hand: the same is not sent again (304).",
            es: "El `ETag` de lo que ya se tiene: no se envía de nuevo (304)."), shared: "ifNoneMatch")

    /// Of every operation.
    static let acceptLanguage = RequestParameter(
        "Accept-Language", in: .header, .named("Language", .words(["en", "es"])),
        Text("The language of texts for people.", es: "El idioma de los textos para personas."), ignoresUnknown: true,
        shared: "language")
}
