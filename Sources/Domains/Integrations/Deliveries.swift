package import Resource
import Vocabulary
import Web

/// Each attempt to deliver a message, with the message; functions of the outbox write them.
package let deliveries = Resource(
    path: "/api/webhooks/{id}/deliveries/", model: "Delivery", table: "garita.deliveries",
    singular: Text("Delivery", es: "Entrega"), plural: Text("Deliveries", es: "Entregas"),
    fields: [
        .id,
        .reference("webhook", to: webhooks.table, webhooks.singular).readOnly(),
        .stored("at", .timestamp, Text("Time", es: "Fecha y hora")).readOnly(),
        .stored("message", .integer(1...Int64.max), Text("Message", es: "Mensaje"), column: "outbox_id").readOnly(),
        .computed(
            "message_id", .text(maximum: nil), Text("Message ID", es: "ID del mensaje"),
            ofMessage("garita.message_id(o.id, o.created_at)")),
        .computed("event", .choice([]), Text("Event", es: "Evento"), ofMessage("o.event"))
            .offering(webhookEvents + [webhookTest]),
        .computed("subject", .text(maximum: nil), Text("Subject", es: "Asunto"), ofMessage("o.subject")),
        .computed("sequence", .integer(1...Int64.max), Text("Number", es: "Número"), ofMessage("o.sequence")),
        .stored("attempt", .integer(1...Int64.max), Text("Attempt", es: "Intento")).readOnly(),
        .stored("status", .integer(100...999), Text("Answer", es: "Respuesta")).nullable().readOnly(),
        .stored("error", .text(maximum: nil), Text("Problem", es: "Problema")).readOnly(),
        .stored("milliseconds", .integer(0...Int64.max), Text("Milliseconds", es: "Milisegundos")).readOnly(),
        .stored("answer", .text(maximum: nil), Text("Beginning of the answer", es: "Inicio de la respuesta"))
            .readOnly(),
        .computed("state", .choice([]), Text("State of the message", es: "Estado del mensaje"), ofMessage("o.state"))
            .offering(messageStates),
        .computed("body", .text(maximum: nil), Text("Body", es: "Contenido"), ofMessage("o.body")),
    ],
    list: ListOptions(
        order: [.descending("at")],
        orderable: ["at"],
        filters: [
            Filter.equals("webhook", "t.webhook_id", .reference).forPages(),
            .equals("message", "t.outbox_id", .reference).labelled(Text("Message", es: "Mensaje")),
            .flag(
                "delivered", whenTrue: "t.status between 200 and 299",
                otherwise: "(t.status between 200 and 299) is not true",
                about: Text("Only attempts that succeeded, or that failed.", es: "Solo intentos logrados, o fallidos.")
            ).labelled(Text("Delivered", es: "Entregado")),
            .condition(
                "date_from", .timestamp, "t.at >= (select garita.moment(?))",
                Text("From this day or time on.", es: "Desde este día u hora.")
            ).labelled(Text("From", es: "Desde")),
            .condition(
                "date_to", .timestamp, "t.at <= (select garita.moment(?))",
                Text("Up to this day or time.", es: "Hasta este día u hora.")
            ).labelled(Text("Until", es: "Hasta")).throughTheDay(),
        ]),
    permissions: [.list: .administrators, .read: .administrators],
    admin: AdminOptions(
        slug: "deliveries", section: .integrations,
        title: { "(select o.event from garita.outbox as o where o.id = \($0).outbox_id)" },
        columns: ["at", "webhook", "event", "subject", "attempt", "status", "error", "state"],
        fieldsets: [
            .init(
                Text("Message", es: "Mensaje"),
                ["webhook", "event", "subject", "sequence", "message", "message_id", "state", "body"]),
            .init(
                Text("Attempt", es: "Intento"), ["at", "attempt", "status", "error", "milliseconds", "answer"]),
        ]))

/// A value of the message that an attempt was made with.
private func ofMessage(_ value: String) -> String {
    "(select \(value) from garita.outbox as o where o.id = t.outbox_id)"
}

private let messageStates: [FieldChoice] = [
    .init("queued", Text("Waiting", es: "En espera")), .init("sent", Text("Under way", es: "En camino")),
    .init("confirmed", Text("Delivered", es: "Entregado"), tone: .good),
    .init("failed", Text("Failed", es: "Falló"), tone: .bad),
]
