package import Resource
import Vocabulary
import Web

/// What happened at doors, as their devices tell it.
///
/// Read only: drivers write it. The API tells it door by door (``DoorRoutes``).
package let doorEvents = Resource(
    path: "/api/doors/events/", model: "DoorEvent", table: "garita.door_events",
    singular: Text("Event", es: "Evento"), plural: Text("Events of doors", es: "Eventos de puertas"),
    fields: [
        .id,
        .reference("door", to: "garita.doors", Text("Door", es: "Puerta")).filled().readOnly(),
        .stored("kind", .text(maximum: nil), Text("Event", es: "Evento")).readOnly().offering(kinds),
        .stored("happened_at", .timestamp, Text("Time", es: "Fecha y hora")).filled().readOnly()
            .help("By the clock of the device, where it has one.", es: "Según el reloj del dispositivo, si tiene."),
        .stored("recorded_at", .timestamp, Text("Recorded", es: "Registrado")).filled().readOnly(),
        .stored("source", .text(maximum: nil), Text("Device", es: "Dispositivo")).readOnly(),
        .stored("source_index", .integer(Int64.min...Int64.max), Text("Its number there", es: "Su número ahí"))
            .readOnly()
            .nullable(),
        .stored("details", .json, Text("Details", es: "Detalles")).readOnly()
            .offering(eventDetails),
    ],
    list: ListOptions(
        order: [.descending("happened_at")],
        orderable: ["happened_at"],
        filters: [
            .equals("door", "t.door_id", .reference),
            Filter.equals("kind", "t.kind", .choice([])).labelled(Text("Event", es: "Evento")).offering(kinds),
            .condition(
                "date_from", .timestamp, "t.happened_at >= (select garita.moment(?))",
                Text("From this day or time on.", es: "Desde este día u hora.")
            ).labelled(Text("From", es: "Desde")),
            .condition(
                "date_to", .timestamp, "t.happened_at <= (select garita.moment(?))",
                Text("Up to this day or time.", es: "Hasta este día u hora.")
            ).labelled(Text("Until", es: "Hasta")).throughTheDay(),
        ]),
    permissions: [.export: .administrators],
    admin: AdminOptions(
        slug: "door-events", section: .logs, title: { "\($0).kind" },
        columns: ["happened_at", "door", "kind", "source", "details"],
        fieldsets: [
            .init(
                Text("Event", es: "Evento"),
                ["happened_at", "recorded_at", "door", "kind", "source", "source_index", "details"])
        ],
        dates: .init("happened_at", from: "date_from", until: "date_to")))

private let kinds: [FieldChoice] = [
    .init("opened", Text("Opened", es: "Se abrió")), .init("closed", Text("Closed", es: "Se cerró")),
    .init("forced", Text("Opened without permission", es: "Abierta sin permiso"), tone: .bad),
    .init("held", Text("Open too long", es: "Abierta demasiado tiempo"), tone: .bad),
    .init("button", Text("Button", es: "Botón")), .init("remote_open", Text("Opened remotely", es: "Apertura remota")),
    .init("granted", Text("Let in by the device", es: "Permitido por el dispositivo")),
    .init("denied", Text("Refused by the device", es: "Rechazado por el dispositivo")),
    .init("tamper", Text("Device opened or moved", es: "Dispositivo abierto o movido"), tone: .bad),
    .init("offline", Text("Lost", es: "Sin comunicación"), tone: .bad),
    .init("online", Text("Back", es: "Con comunicación")),
    .init("trouble", Text("Trouble began", es: "Empezó una falla"), tone: .bad),
    .init("trouble_ended", Text("Trouble ended", es: "Terminó la falla")),
    .init("clock_set", Text("Clock was set", es: "Se puso a la hora")),
    .init("card_drift", Text("Cards were changed there", es: "Cambiaron sus tarjetas"), tone: .bad),
    .init("events_lost", Text("Events were lost", es: "Se perdieron eventos"), tone: .bad),
    .init("late_answer", Text("Answered too late", es: "Respondió tarde")),
    .init("reset", Text("Device was reset", es: "El dispositivo se reinició")),
    .init("restarted", Text("Device was switched on", es: "El dispositivo se encendió")),
    .init("duress", Text("Under duress", es: "Bajo amenaza"), tone: .bad),
    .init("emergency_call", Text("Call for help", es: "Llamada de emergencia"), tone: .bad),
    .init("fire", Text("Fire alarm", es: "Alarma de incendio"), tone: .bad),
    .init("alarm", Text("Alarm", es: "Alarma"), tone: .bad),
    .init("power", Text("No mains power", es: "Sin corriente"), tone: .bad),
    .init("button_refused", Text("Button without effect", es: "Botón sin efecto")),
    .init("forced_closed", Text("Shut by force", es: "Cierre forzado"), tone: .bad),
    .init("remote_close", Text("Closed remotely", es: "Cierre remoto")), .init("bell", Text("Bell", es: "Timbre")),
    .init("other", Text("Something else", es: "Otro")),
]

/// What people call what events tell besides.
private let eventDetails =
    [
        FieldChoice("trouble", Text("Trouble", es: "Falla")),
        .init("serial", Text("Serial number", es: "Número de serie")),
        .init("reason", Text("Reason", es: "Motivo")), .init("text", Text("In words", es: "En palabras")),
        .init("card", Text("Card", es: "Tarjeta")), .init("count", Text("How many", es: "Cuántos")),
        .init("message", Text("Opening", es: "Apertura")), .init("taken", Text("Taken", es: "Recibida")),
    ] + DoorTrouble.choices.map { FieldChoice("trouble=\($0.value)", $0.label) }
