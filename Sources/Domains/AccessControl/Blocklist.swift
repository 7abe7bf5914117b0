import JSON
package import Resource
import Vocabulary
import Web

/// Whom the gate keeps out, why, by whose word and until when.
///
/// What is written into `value` is turned into what is compared and shown to nobody again: of documents and phones only
/// a salted tag is kept, names and plates stand in `display`.
package let blocklist = Resource(
    path: "/api/access/blocklist/", model: "BlockedEntry", table: "garita.blocklist",
    singular: Text("Block list entry", es: "Bloqueo"),
    plural: Text("Block list", es: "Lista de bloqueo"),
    fields: [
        .id,
        .choice(
            "kind", Text("Type", es: "Tipo"),
            [
                .init("name", Text("Name", es: "Nombre")),
                .init("document", Text("Identity document", es: "Identificación")),
                .init("plate", Text("Plates", es: "Placas")), .init("phone", Text("Phone", es: "Teléfono")),
            ]
        ).synonyms(Synonyms.kind).required().fixed(),
        .stored("value", .text(maximum: 300), Text("Value", es: "Valor")).synonyms([
            "Dato", "Nombre, identificación, placas o teléfono",
        ]).required().read(by: .roles([]))
            .hint(
                "It is not shown again once saved. Names: capital letters and spaces do not matter. Plates:"
                    + " neither do spaces and hyphens; the guard is warned about a plate that differs by one letter."
                    + " Documents: only letters and digits count. Phones: enter the whole number, with + and the"
                    + " country code if it is from another country. Documents and phones are stored only in a form"
                    + " that cannot be read.",
                es:
                    "No se vuelve a mostrar una vez guardado. Nombres: no importan mayúsculas ni espacios. Placas:"
                    + " tampoco espacios ni guiones; si difieren en una letra se avisa al guardia. Identificaciones:"
                    + " solo cuentan letras y números. Teléfonos: escriba el número completo, con + y código de país"
                    + " si es de otro país. Las identificaciones y los teléfonos solo se guardan de una forma que no"
                    + " se puede leer."
            ),
        .stored("display", .text(maximum: 300), Text("Shown as", es: "Se muestra como")).readOnly(),
        .stored("reason", .text(maximum: 1000), Text("Reason", es: "Motivo")).synonyms(["Razón", "Causa", "Why"]),
        .reference("author", to: "garita.users", Text("Entered by", es: "Registró"), column: "author").readOnly(),
        .stored("expires_at", .timestamp, Text("Expires", es: "Vence")).synonyms(["Hasta", "Until"]),
        .stored("review_on", .date, Text("Review on", es: "Revisar el")),
        .stored("is_active", .boolean, Text("Active", es: "Activo")).default(true),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.descending("created_at")],
        orderable: ["created_at", "expires_at", "review_on"],
        search: ["display", "reason"],
        filters: [
            .equals("kind", "t.kind", .choice([])),
            .flag("is_active", whenTrue: "t.is_active", otherwise: "not t.is_active"),
        ]),
    permissions: [
        .list: .gatekeepers, .export: .administrators, .read: .gatekeepers, .create: .administrators,
        .update: .administrators,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "blocklist", section: .gates,
        title: { "coalesce(nullif(\($0).display, ''), \($0).kind || ' ' || \($0).id)" },
        columns: ["display", "kind", "reason", "expires_at", "review_on", "is_active"],
        fieldsets: [
            .init(Text("Who", es: "Quién"), ["kind", "value", "display"]),
            .init(
                Text("Why and how long", es: "Por qué y hasta cuándo"),
                ["reason", "expires_at", "review_on", "is_active", "author", "created_at", "updated_at"]),
        ],
        bulkActions: [
            .set("is_active", of: "garita.blocklist", to: true, Text("Activate", es: "Activar")),
            .set("is_active", of: "garita.blocklist", to: false, Text("Deactivate", es: "Desactivar")),
        ],
        deactivationField: "is_active"))
