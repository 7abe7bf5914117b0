import JSON
package import Resource
import Vocabulary
import Web

/// Subscriptions: which other system is told of which events, and where.
///
/// A new one is made by ``CreateWebhook``, which shows its secret this once.
package let webhooks = Resource(
    path: "/api/webhooks/", model: "Webhook", table: "garita.webhooks",
    singular: Text("Webhook", es: "Webhook"), plural: Text("Webhooks", es: "Webhooks"),
    fields: [
        .id,
        .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).required().unique()
            .hint("The system that receives it.", es: "El sistema que lo recibe."),
        .stored("url", .text(maximum: 1000), Text("Address", es: "Dirección")).required()
            .matching(WebhookURL.form, otherwise: WebhookURL.fault)
            .example("https://example.org/garita")
            .hint(
                "It begins with https://. Only machines of the public internet are reached, unless whoever runs the server"
                    + " has allowed a network.",
                es:
                    "Empieza con https://. Solo se llega a equipos de Internet, salvo que quien opera el servidor haya"
                    + " permitido una red."),
        .words("events", Text("Events", es: "Eventos"), webhookEvents).required(),
        .choice(
            "secrecy", Text("What it says", es: "Qué dice"),
            [
                FieldChoice("IDS", Text("Numbers of records only", es: "Solo números de registro")),
                FieldChoice(
                    "NAMES", Text("Also names of people and places", es: "También nombres de personas y lugares")),
            ]
        ).default("IDS")
            .hint(
                "Codes, PINs, documents and phones are never sent.",
                es: "Nunca se envían códigos, NIP, identificaciones ni teléfonos."),
        .stored("is_active", .boolean, Text("Active", es: "Activo")).default(true),
        .computed("secret", .text(maximum: nil), Text("Secret", es: "Secreto"), "''").detailOnly()
            .help(
                "What messages are signed with: shown when it is made, empty afterwards.",
                es: "Con lo que se firman los mensajes: se muestra al crearlo y después va vacío."),
        .stored("previous_until", .timestamp, Text("Previous secret until", es: "Secreto anterior hasta")).readOnly(),
        .stored("stopped_at", .timestamp, Text("Stopped", es: "Detenido")).readOnly(),
        .choice(
            "stopped_reason", Text("Why it stopped", es: "Por qué se detuvo"),
            [
                FieldChoice("", Text("–", es: "–")),
                FieldChoice(
                    "gone", Text("The receiver wants no more (410)", es: "El receptor ya no quiere más (410)"),
                    tone: .bad),
                FieldChoice(
                    "unreachable",
                    Text("Nothing could be delivered for three days", es: "En tres días no se pudo entregar nada"),
                    tone: .bad),
            ]
        ).readOnly(),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.ascending("name")],
        orderable: ["name", "created_at"],
        search: ["name", "url"],
        filters: [.flag("is_active", whenTrue: "t.is_active", otherwise: "not t.is_active")]),
    rules: WriteRules { text, _ in
        text("url").map(WebhookURL.isReserved) == true ? [FieldError("url", .reserved)] : []
    },
    permissions: [.list: .administrators, .read: .administrators, .update: .administrators, .delete: .administrators],
    admin: AdminOptions(
        slug: "webhooks", section: .integrations, title: { "\($0).name" },
        columns: ["name", "url", "is_active", "stopped_reason"],
        fieldsets: [
            .init(Text("Webhook", es: "Webhook"), ["name", "url", "events", "secrecy", "is_active"]),
            .init(
                Text("State", es: "Estado"),
                ["stopped_at", "stopped_reason", "previous_until", "created_at", "updated_at"]),
        ],
        related: [.init("deliveries", by: "webhook")],
        deactivationField: "is_active", hasCustomCreatePage: true))
