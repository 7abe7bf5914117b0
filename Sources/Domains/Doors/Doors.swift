import JSON
package import Resource
import Vocabulary
import Web

/// What opens at a gate, how it is reached, and what is known of it.
///
/// Which settings there are depends on the driver (``DriverDeclaration``); secrets are written and never read.
/// - SQL: `garita.door_states` holds what devices said last.
package let doors = Resource(
    path: "/api/doors/", model: "Door", table: "garita.doors",
    singular: Text("Door", es: "Puerta"), plural: Text("Doors and barriers", es: "Puertas y plumas"),
    fields: ownFields + settingFields + stateFields + [.createdAt, .updatedAt],
    list: ListOptions(
        order: [.ascending("name")],
        orderable: ["name", "created_at"],
        search: ["name", "access_point_name"],
        filters: [
            .equals("access_point", "t.access_point_id", .reference),
            .equals("driver", "t.driver", .choice([])),
            .flag("is_active", whenTrue: "t.is_active", otherwise: "not t.is_active"),
            Filter.condition("state", .choice([]), "\(stateSQL) = ?").labelled(Text("State", es: "Estado")).offering(
                doorStates),
        ]),
    rules: WriteRules(derived: DoorSettings.columns),
    permissions: [
        .list: .gatekeepers, .export: .administrators, .read: .gatekeepers, .create: .administrators,
        .update: .administrators, .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "doors", section: .gates, title: { "\($0).name" },
        columns: ["name", "access_point", "direction", "driver", "state", "contact", "reached_at"],
        fieldsets: [
            .init(
                Text("Now", es: "Ahora"),
                [
                    "state", "trouble", "trouble_since", "contact", "contact_since", "reached_at", "answer",
                    "answered_at", "clock_drift_seconds", "details",
                ]),
            .init(
                Text("Door", es: "Puerta"),
                [
                    "name", "access_point", "direction", "is_active", "opens_itself", "open_within_seconds",
                    "open_seconds", "held_after_seconds", "has_exit_button",
                ]),
            .init(
                Text("How it is reached", es: "Cómo se le habla"), ["driver", "settings", "secrets_set", "updated_at"]),
        ],
        related: [.init("openings", by: "door"), .init("door-events", by: "door")], relatedAfter: 1,
        fitsInSelect: true, deactivationField: "is_active", hasCustomForms: true))

private let ownFields: [Field] = [
    .id,
    .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).required(),
    .reference("access_point", to: "garita.access_points", Text("Gate", es: "Acceso")).required(),
    .computed(
        "access_point_name", .text(maximum: nil), Text("Gate", es: "Acceso"),
        "(select p.name from garita.access_points as p where p.id = t.access_point_id)"),
    .choice(
        "direction", Text("Opens for", es: "Abre para"),
        [
            .init("BOTH", Text("Entries and exits", es: "Entradas y salidas")),
            .init("ENTRY", Text("Entries", es: "Entradas")), .init("EXIT", Text("Exits", es: "Salidas")),
        ]
    ).default("BOTH"),
    .choice(
        "driver", Text("Driver", es: "Controlador"), DriverDeclaration.all.map { FieldChoice($0.name, $0.label) }
    ).required().fixed(),
    .stored("is_active", .boolean, Text("In use", es: "En uso")).default(true),
    .stored("opens_itself", .boolean, Text("Opens by itself", es: "Abre por sí sola")).default(true)
        .hint(
            "A granted entry or exit at the gate opens it. Otherwise only a person does, by hand.",
            es: "La abre cada entrada o salida permitida en el acceso. Si no, solo se abre a mano."),
    .stored(
        "open_within_seconds", .integer(1...30),
        Text("Open within (seconds)", es: "Abrir a más tardar en (segundos)")
    ).default(5)
        .hint(
            "An opening that could not be sent so soon is never sent. 1 to 30.",
            es: "La apertura que no se pudo enviar en este tiempo ya no se envía. De 1 a 30."),
    .stored("open_seconds", .integer(1...60), Text("Stays open (seconds)", es: "Dura abierta (segundos)")).default(5)
        .hint(
            "How long the device keeps it open. 1 to 60.", es: "Cuánto la mantiene abierta el dispositivo. De 1 a 60."),
    .stored(
        "held_after_seconds", .integer(0...3600),
        Text("Held open after (seconds)", es: "Abierta de más a los (segundos)")
    ).default(60)
        .hint(
            "Open for longer is told, where there is a contact. 0: nobody watches.",
            es: "Se avisa si sigue abierta más tiempo, donde haya sensor. 0: no se vigila."),
    .stored("has_exit_button", .boolean, Text("Exit button", es: "Botón de salida")).default(false)
        .hint(
            "A button or handle inside opens it without asking. Then an opening without a grant is no alarm.",
            es: "Un botón o manija por dentro la abre sin preguntar. Así, abrirla sin permiso no es una alarma."),
]

private let settingFields: [Field] = [
    .stored("settings", .json, Text("Settings", es: "Ajustes")).readOnly().detailOnly().read(by: .administrators)
        .offering(settingNames),
    .computed("secrets_set", .texts, Text("Secrets that are set", es: "Secretos guardados"), "t.secret_names")
        .detailOnly().read(by: .administrators).offering(settingNames)
        .help("Names of the secret settings that are set.", es: "Nombres de los ajustes secretos guardados."),
]

/// What people call the settings of all drivers.
private let settingNames: [FieldChoice] = {
    var names: [FieldChoice] = []
    for setting in DriverDeclaration.all.flatMap(\.settings) where !names.contains(where: { $0.value == setting.name })
    {
        names.append(FieldChoice(setting.name, setting.label))
        // Of one name the values are the same everywhere.
        if case .choice(let values) = setting.kind {
            names += values.map { FieldChoice("\(setting.name)=\($0.value)", $0.label) }
        }
    }
    return names
}()

/// What the device said last: SQL for a column of its state.
private func state(_ column: String) -> String {
    "(select s.\(column) from garita.door_states as s where s.door_id = t.id)"
}

/// SQL for one word about the door.
private let stateSQL =
    "case when not t.is_active then 'off' when coalesce(\(state("trouble")), '') <> '' then 'trouble'"
    + " when \(state("reached_at")) is null then 'unheard' else 'works' end"

private let doorStates: [FieldChoice] = [
    .init("works", Text("Works", es: "Funciona"), tone: .good),
    .init("trouble", Text("Trouble", es: "Con falla"), tone: .bad),
    .init("unheard", Text("Not heard of yet", es: "Aún sin respuesta")),
    .init("off", Text("Not in use", es: "Fuera de uso")),
]

private let stateFields: [Field] = [
    .computed("state", .text(maximum: nil), Text("State", es: "Estado"), stateSQL).offering(doorStates),
    .computed("trouble", .text(maximum: nil), Text("Trouble", es: "Falla"), "coalesce(\(state("trouble")), '')")
        .offering(DoorTrouble.choices),
    .computed("trouble_since", .timestamp, Text("Trouble since", es: "Falla desde"), state("trouble_since")).nullable(),
    .computed("contact", .text(maximum: nil), Text("Contact", es: "Sensor"), "coalesce(\(state("contact")), '')")
        .offering([
            .init("open", Text("Open", es: "Abierta")), .init("closed", Text("Closed", es: "Cerrada")),
        ])
        .help("Whether the leaf is open, by its contact; blank without one.", es: "Si está abierta, según su sensor."),
    .computed("contact_since", .timestamp, Text("Contact since", es: "Sensor desde"), state("contact_since"))
        .nullable(),
    .computed("reached_at", .timestamp, Text("Last heard of", es: "Última comunicación"), state("reached_at"))
        .nullable(),
    .computed("answered_at", .timestamp, Text("Answered", es: "Respondió"), state("answered_at")).nullable()
        .detailOnly(),
    .computed(
        "answer", .text(maximum: nil), Text("Last answer", es: "Última respuesta"), "coalesce(\(state("answer")), '')"
    )
    .detailOnly().worded(DoorAnswer.label),
    .computed(
        "clock_drift_seconds", .integer(-2_147_483_648...2_147_483_647),
        Text("Clock is wrong by (seconds)", es: "Desfase del reloj (segundos)"), state("clock_drift_seconds")
    ).nullable().detailOnly(),
    .computed(
        "details", .json, Text("Details", es: "Detalles"), "coalesce(\(state("details")), '{}'::jsonb)"
    ).detailOnly().offering(detailNames),
]

/// What people call what drivers tell besides; any other name stands as it is.
private let detailNames: [FieldChoice] = [
    .init("firmware", Text("Firmware version", es: "Versión de firmware")),
    .init("relay", Text("Relay", es: "Relevador")),
    .init("serial", Text("Serial number", es: "Número de serie")),
    .init("address", Text("Address", es: "Dirección")),
    .init("hardware_address", Text("Hardware address", es: "Dirección física")),
    .init("mode", Text("Mode", es: "Modo")), .init("unlocked", Text("Unlocked", es: "Sin seguro")),
    .init("fault", Text("Fault", es: "Falla")), .init("cards", Text("Cards", es: "Tarjetas")),
    .init("cards.wanted", Text("should be there", es: "debe tener")),
    .init("cards.found", Text("found there", es: "tiene")),
    .init("cards.differing", Text("differing", es: "distintas")),
    .init("cards.unfit", Text("that it cannot hold", es: "que no puede guardar")),
    .init("cards.compared_at", Text("compared", es: "comparadas")),
]
