package import Resource
import Vocabulary
import Web

/// What was asked of doors, and how far it has come: the rows of the outbox that concern them.
///
/// Read only: decisions, people and emergencies write it. The API tells it door by door (``DoorRoutes``).
package let doorOpenings = Resource(
    path: "/api/doors/openings/", model: "DoorOpening", table: "garita.outbox",
    singular: Text("Opening", es: "Apertura"), plural: Text("Openings", es: "Aperturas"),
    fields: [
        .id,
        .reference("door", to: "garita.doors", Text("Door", es: "Puerta")).filled().readOnly(),
        .choice(
            "kind", Text("What", es: "Qué"),
            [
                .init("open", Text("Open", es: "Abrir")), .init("hold", Text("Stay open", es: "Dejar abierta")),
                .init("release", Text("Back to normal", es: "Volver a lo normal")),
            ]
        ).readOnly(),
        .choice("state", Text("State", es: "Estado"), OpeningState.stored).readOnly(),
        .computed("outcome", .text(maximum: nil), Text("Outcome", es: "Resultado"), outcome)
            .offering(OpeningState.choices + [FieldChoice("done", Text("Confirmed", es: "Confirmada"), tone: .good)])
            .help(
                "The state, or what the contact of the door says of it.",
                es: "El estado, o lo que dice el sensor de la puerta."),
        .stored("created_at", .timestamp, Text("Asked for", es: "Pedida")).filled().readOnly().toTheSecond(),
        .stored("not_after", .timestamp, Text("Not later than", es: "A más tardar")).readOnly(),
        .stored("sent_at", .timestamp, Text("Sent", es: "Enviada")).readOnly().toTheSecond(),
        .stored("accepted_at", .timestamp, Text("Taken", es: "Recibida")).readOnly().toTheSecond(),
        .stored("confirmed_at", .timestamp, Text("Seen to obey", es: "Confirmada")).readOnly().toTheSecond(),
        .stored("ended_at", .timestamp, Text("Ended", es: "Terminó")).readOnly().toTheSecond(),
        .stored("attempts", .integer(0...2_147_483_647), Text("Attempts", es: "Intentos")).readOnly(),
        .stored("answer", .text(maximum: nil), Text("Answer", es: "Respuesta")).readOnly()
            .worded(DoorAnswer.label),
        .reference("log", to: "garita.access_logs", Text("Log entry", es: "Registro de bitácora")).readOnly(),
        .reference("user", to: "garita.users", Text("By", es: "Por")).readOnly(),
        .computed(
            "user_name", .text(maximum: nil), Text("By", es: "Por"),
            "(select u.username from garita.users as u where u.id = t.user_id)"
        ).nullable(),
        .stored("reason", .text(maximum: nil), Text("Reason", es: "Motivo")).readOnly()
            .offering(
                ["emergency", "emergency over"].map { FieldChoice($0, DoorAnswer.label(of: $0)) }),
    ],
    list: ListOptions(
        order: [.descending("id")],
        orderable: ["id"],
        filters: [
            .equals("door", "t.door_id", .reference), .equals("kind", "t.kind", .choice([])),
            .equals("state", "t.state", .choice([])),
        ]),
    permissions: [.export: .administrators],
    admin: AdminOptions(
        slug: "openings", section: .gates, title: { "'#' || \($0).id" },
        columns: [
            "created_at", "door", "kind", "outcome", "sent_at", "accepted_at", "confirmed_at", "answer", "user_name",
            "reason", "log",
        ],
        fieldsets: [
            .init(
                Text("Opening", es: "Apertura"),
                ["door", "kind", "outcome", "answer", "attempts", "log", "user_name", "reason"]),
            .init(
                Text("Times", es: "Horas"),
                ["created_at", "not_after", "sent_at", "accepted_at", "confirmed_at", "ended_at"]),
        ]))

/// Of what is to stay true the contact says nothing.
private let outcome =
    "case when t.kind = 'open' then \(OpeningState.outcomeSQL("t")) when t.state = 'confirmed' then 'done' else t.state end"
