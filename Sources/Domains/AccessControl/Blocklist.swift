import Resource
import Vocabulary
import Web

/// Whom the gate keeps out, why, by whose word and until when.
///
/// What is written into `value` is turned into what is compared and shown to nobody again: of documents and phones only
/// a salted tag is kept, names and plates stand in `display`.
let blocklist = Resource(
    path: "/api/access/blocklist/", model: "BlockedEntry", table: "garita.blocklist",
    singular: Text("Restricted entry", es: "Acceso restringido"),
    plural: Text("Restricted entries", es: "Accesos restringidos"),
    fields: [
        .id,
        .stored("kind", .choice(["name", "document", "plate", "phone"]), Text("Kind", es: "Tipo")).required().fixed(),
        .stored("value", .text(maximum: 300), Text("Value", es: "Valor")).required().read(by: .roles([])),
        .stored("display", .text(maximum: 300), Text("Shown as", es: "Se muestra como")).readOnly(),
        .stored("reason", .text(maximum: 1000), Text("Reason", es: "Motivo")),
        .reference("author", to: "garita.users", Text("Entered by", es: "Registró"), column: "author").readOnly(),
        .stored("expires_at", .timestamp, Text("Until", es: "Hasta")),
        .stored("review_on", .date, Text("Review on", es: "Revisar el")),
        .stored("is_active", .boolean, Text("Active", es: "Activo")),
        .createdAt, .updatedAt,
    ],
    search: ["display", "reason"],
    filters: [
        .equals("kind", "t.kind", .choice([])),
        .flag("is_active", whenTrue: "t.is_active", otherwise: "not t.is_active"),
    ],
    order: [.descending("created_at")],
    orderable: ["created_at", "expires_at", "review_on"],
    permissions: [
        .list: .gatekeepers, .export: .administrators, .read: .gatekeepers, .create: .administrators,
        .update: .administrators,
        .delete: .administrators,
    ])
