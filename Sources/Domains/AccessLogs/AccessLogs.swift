package import Resource
import Vocabulary
import Web

/// Every attempt at every gate.
///
/// Read only: the decision at the gate writes it, nothing changes it.
///
/// - SQL: `api.count_logs` counts it, `api.roll_up_own_log` keeps its sums, `api.log_search_since` bounds a search of it
///   (sql/functions/access_logs/); `garita.moment` reads dates.
package let accessLogs = Resource(
    path: "/api/logs/", model: "AccessLog", table: "garita.access_logs",
    singular: Text("Log entry", es: "Registro"), plural: Text("Access log", es: "Bitácora de accesos"),
    fields: [
        .id,
        .reference("resident", to: "garita.residents", Text("Resident", es: "Residente")).detailOnly(),
        .reference("visitor", to: "garita.visitors", Text("Visitor", es: "Visitante")).detailOnly(),
        .stored("person_name", .text(maximum: nil), Text("Person", es: "Persona")).offering([
            // `api.decide` writes it where nobody is known.
            .init("Unknown", Text("Unknown", es: "Desconocido"))
        ]),
        .stored("person_document", .text(maximum: nil), Text("Document", es: "Identificación")).detailOnly()
            .read(by: .household),
        .reference("access_point", to: "garita.access_points", Text("Gate", es: "Acceso")).detailOnly(),
        .computed(
            "access_point_name", .text(maximum: nil), Text("Gate", es: "Acceso"),
            "nullif(t.access_point_name, '')"
        ).omittedWhenNull(),
        .choice(
            "access_type", Text("Direction", es: "Sentido"),
            Direction.allCases.map { FieldChoice($0.rawValue, $0.label) }),
        .choice("access_method", Text("Method", es: "Medio"), methods, isOpen: true),
        .computed(
            "code_used", .text(maximum: nil), Text("Code", es: "Código"),
            "case when t.code_hint = '' then '' else '••' || t.code_hint end"
        ).detailOnly(),
        .reference("temporary_code", to: "garita.temporary_codes", Text("Pass", es: "Pase")).detailOnly(),
        .reference("access_code", to: "garita.access_codes", Text("Permanent code", es: "Código permanente"))
            .detailOnly(),
        .choice(
            "status", Text("Result", es: "Resultado"),
            [
                .init("SUCCESS", Text("Granted", es: "Permitido"), tone: .good),
                .init("DENIED", Text("Refused", es: "Rechazado"), tone: .bad),
                .init("ERROR", Text("Error", es: "Error"), tone: .bad),
            ]),
        .computed(
            "denial_reason", .text(maximum: nil), Text("Reason", es: "Motivo"),
            Reason.sql(reasons: "t.reasons", isPermanent: "t.access_code_id is not null")
        ).detailOnly(),
        // Ours, and only where there are some.
        .computed("reasons", .texts, Text("Reasons", es: "Motivos"), "nullif(t.reasons, '{}')").offering(reasons)
            .detailOnly().omittedWhenNull(),
        .computed("warnings", .texts, Text("Warnings", es: "Avisos"), "nullif(t.warnings, '{}')").offering(warnings)
            .detailOnly().omittedWhenNull(),
        .computed(
            "corrections", .texts, Text("Corrections", es: "Correcciones"),
            "(select array_agg(c.reason order by c.id) from garita.log_corrections as c where c.log_id = t.id)"
        ).detailOnly().omittedWhenNull().read(by: .gatekeepers),
        .computed("door_state", .text(maximum: nil), Text("Door", es: "Puerta"), OpeningState.sql(ofLog: "t.id"))
            .offering(OpeningState.choices).detailOnly().omittedWhenNull().read(by: .gatekeepers)
            .help(
                "What became of opening the doors of the gate, the worst of them; absent where there was none to open.",
                es: "Qué pasó al abrir las puertas del acceso, la peor de ellas; no está si no había ninguna."),
        .stored("timestamp", .timestamp, Text("Time", es: "Fecha y hora")).filled(),
        .stored("vehicle_plate", .text(maximum: 20), Text("License plate", es: "Placas")).detailOnly(),
        .stored("temperature", .decimal, Text("Temperature", es: "Temperatura")).detailOnly(),
        .stored("photo", .photo, Text("Photo", es: "Fotografía")).readOnly().detailOnly(),
        .reference("authorized_by", to: "garita.users", Text("Authorized by", es: "Autorizó"), column: "authorized_by")
            .detailOnly(),
        .stored("notes", .text(maximum: nil), Text("Notes", es: "Notas")).detailOnly(),
        .computed("ip_address", .text(maximum: nil), Text("IP address", es: "Dirección IP"), "nullif(t.ip_address, '')")
            .nullable().detailOnly().read(by: .administrators),
        .stored("device_id", .text(maximum: nil), Text("Device", es: "Dispositivo")).detailOnly(),
        .computed("is_successful", .boolean, Text("Granted", es: "Permitido"), "t.status = 'SUCCESS'").detailOnly(),
        .stored("created_at", .timestamp, Text("Recorded", es: "Registrado")).detailOnly(),
    ],
    list: ListOptions(
        order: [.descending("timestamp")],
        orderable: ["timestamp"],
        search: SearchOptions(["person_name", "person_document"], bound: searchBound),
        filters: [
            .equals("resident", "t.resident_id", .reference),
            .equals("visitor", "t.visitor_id", .reference),
            .equals("access_point", "t.access_point_id", .reference),
            .equals("access_type", "t.access_type", .choice([])),
            .equals("status", "t.status", .choice([])),
            Filter.equals("unit", "t.unit_id", .reference).labelled(Text("Unit", es: "Unidad"), of: "garita.units"),
            .equals("access_method", "t.access_method", .choice([])),
            Filter.condition(
                "reason", .choice([]), "t.reasons @> array[?::text]",
                Text(
                    "Refused for this reason, or for it among others.",
                    es: "Rechazados por este motivo, solo o con otros.")
            ).labelled(Text("Reason", es: "Motivo")).offering(reasons),
            .condition(
                "date_from", .timestamp, "t.timestamp >= (select garita.moment(?))",
                Text("From this day or time on.", es: "Desde este día u hora.")
            ).labelled(Text("From", es: "Desde")),
            .condition(
                "date_to", .timestamp, "t.timestamp <= (select garita.moment(?))",
                Text("Up to this day or time.", es: "Hasta este día u hora.")
            ).labelled(Text("Until", es: "Hasta")).throughTheDay(),
        ],
        hidden: [.reference("unit", to: "garita.units", Text("Unit", es: "Unidad")).readOnly()],
        counting: .rollup(
            CountRollup(
                call: "api.count_logs(garita.moment($1), garita.moment($2), $3, $4, $5, $6, $7)",
                filters: ["date_from", "date_to", "access_point", "access_type", "status"],
                refresh: "select api.roll_up_own_log()", column: "t.timestamp", for: .gatekeepers))),
    permissions: [.list: .signedIn, .export: .administrators, .read: .signedIn],
    admin: AdminOptions(
        slug: "log", section: .logs, title: { "\($0).person_name" },
        columns: [
            "timestamp", "person_name", "unit", "access_point_name", "access_type", "access_method", "status",
            "reasons", "door_state",
        ],
        fieldsets: [
            .init(
                Text("Attempt", es: "Intento"),
                [
                    "timestamp", "status", "reasons", "door_state", "access_point", "access_type", "access_method",
                    "code_used",
                    "warnings", "corrections",
                ]),
            .init(
                Text("Person", es: "Persona"),
                [
                    "person_name", "unit", "person_document", "resident", "visitor", "vehicle_plate", "temporary_code",
                    "access_code",
                ]),
            .init(
                Text("How", es: "Por qué medio"), ["authorized_by", "device_id", "ip_address", "notes", "photo"]),
        ],
        dates: .init("timestamp", from: "date_from", until: "date_to")))

/// How a code was read, as the log has it.
private let methods: [FieldChoice] = [
    .init("QR_CODE", .qrCode), .init("RFID", .cardOrTag), .init("NUMERIC_CODE", .numericCode),
    .init("ALPHANUMERIC_CODE", .alphanumericCode), .init("BIOMETRIC", .biometric),
    .init("MANUAL", Text("By hand", es: "Manual")), .init("OTHER", .otherKind),
]

/// Why a gate stayed closed.
private let reasons = Reason.all.map { FieldChoice($0.name, $0.text) }

/// What speaks against somebody who passed.
private let warnings = reasons + [FieldChoice("emergency", Text("emergency", es: "emergencia"))]

private let searchBound = SearchBound(
    "t.timestamp >= (select api.log_search_since(garita.moment(?)))", until: "date_to",
    narrowedBy: ["date_from", "visitor", "resident", "unit"], bounded: ["access_method", "reason"],
    about: Text(
        "Only where names are still kept, and in the newest 250,000 records up to the end of the time asked for.",
        es: "Solo donde aún se conservan los nombres, y en los 250,000 registros más recientes del tiempo pedido."),
    notice: Text(
        "Words, methods and reasons are searched where names are still kept, and in the newest 250,000"
            + " records of the chosen days.",
        es:
            "Las palabras, los medios y los motivos se buscan donde aún se conservan los nombres, y en los"
            + " 250,000 registros"
            + " más recientes de los días elegidos."))
