import JSON
package import Resource
import Vocabulary
import Web

/// Gates and doors, what they can read, and which way they let people through.
///
/// Residents read their names; a gate's device reads its own gate.
package let accessPoints = Resource(
    path: "/api/access/points/", model: "AccessPoint", table: "garita.access_points",
    singular: Text("Gate", es: "Acceso"), plural: Text("Gates and doors", es: "Casetas y puertas"),
    fields: [
        .id,
        .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).synonyms(Synonyms.gates).required().unique()
            .help("Access point name", es: "Nombre del acceso"),
        .stored("code", .text(maximum: 20), Text("Code", es: "Clave")).synonyms([
            "Código", "Clave corta", "Abreviatura", "Short code",
        ]).required().unique().read(by: .gatekeepers)
            .help("Short code identifier", es: "Clave corta"),
        .choice(
            "access_type", Text("Type", es: "Tipo"),
            [
                .init("MAIN_GATE", Text("Main Gate", es: "Entrada principal")),
                .init("PEDESTRIAN", Text("Pedestrian Door", es: "Puerta peatonal")),
                .init("VEHICLE", Text("Vehicle Gate", es: "Acceso vehicular")),
                .init("BUILDING_DOOR", Text("Building Door", es: "Puerta de torre")),
                .init("GARAGE", Text("Garage", es: "Estacionamiento")),
                .init("POOL", Text("Pool/Amenities", es: "Alberca y amenidades")),
                .init("GYM", Text("Gym", es: "Gimnasio")), .init("OTHER", Text("Other", es: "Otro")),
            ]
        ).synonyms(Synonyms.kind + ["Tipo de acceso"]).default("MAIN_GATE").help(
            "Type of access point", es: "Tipo de acceso"),
        .stored("location", .text(maximum: 200), Text("Location", es: "Ubicación")).synonyms([
            "Lugar", "Dirección", "Place",
        ]).required()
            .read(by: .gatekeepers)
            .help("Physical location description", es: "Descripción de la ubicación"),
        .reference("building", to: "garita.buildings", Text("Building", es: "Torre")).synonyms(Synonyms.building).read(
            by: .gatekeepers
        )
        .help("Associated building (if any)", es: "Torre asociada (si la hay)"),
        .computed(
            "building_name", .text(maximum: nil), Text("Building name", es: "Nombre de la torre"),
            "(select b.name from garita.buildings as b where b.id = t.building_id)"
        ).omittedWhenNull().read(by: .gatekeepers),
        .stored("supports_qr", .boolean, Text("Reads QR codes", es: "Lee códigos QR")).default(true).read(
            by: .gatekeepers
        )
        .help("Supports QR code scanning", es: "Lee códigos QR"),
        .stored("supports_rfid", .boolean, Text("Reads cards and tags", es: "Lee tarjetas y TAG")).default(false)
            .read(
                by: .gatekeepers
            )
            .help("Supports RFID card reading", es: "Lee tarjetas RFID"),
        .stored("supports_numeric", .boolean, Text("Takes typed codes", es: "Admite códigos tecleados")).default(true)
            .read(
                by: .gatekeepers
            )
            .help("Supports numeric code entry", es: "Admite códigos numéricos"),
        .stored("is_entry", .boolean, Text("Entry", es: "Entrada")).default(true).read(by: .gatekeepers)
            .help("Is this an entry point", es: "Si es un acceso de entrada"),
        .stored("is_exit", .boolean, Text("Exit", es: "Salida")).default(true).read(by: .gatekeepers)
            .help("Is this an exit point", es: "Si es un acceso de salida"),
        .stored("is_active", .boolean, Text("In service", es: "En servicio")).synonyms(Synonyms.active).default(true)
            .help("Whether this access point is active", es: "Si el acceso está en servicio"),
        .stored("notes", .text(maximum: nil), Text("Notes", es: "Notas")).synonyms(Synonyms.notes).read(
            by: .gatekeepers
        )
        .help("Additional notes", es: "Notas adicionales"),
        .createdAt.read(by: .gatekeepers), .updatedAt.read(by: .gatekeepers),
    ],
    list: ListOptions(
        order: [.ascending("name")],
        orderable: ["name", "code", "created_at"],
        search: ["name", "code", "location"],
        filters: [
            .flag("is_active", whenTrue: "t.is_active", otherwise: "not t.is_active"),
            .equals("access_type", "t.access_type", .choice([])),
        ]),
    permissions: [
        .list: .signedIn, .export: .administrators, .read: .everyAccountAndDevices, .create: .administrators,
        .update: .administrators,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "gates", section: .gates, title: { "\($0).name" },
        columns: ["name", "code", "access_type", "location", "is_entry", "is_exit", "is_active"],
        fieldsets: [
            .init(
                Text("Gate", es: "Acceso"),
                ["name", "code", "access_type", "location", "building", "is_active"]),
            .init(
                Text("What it does", es: "Qué hace"),
                ["is_entry", "is_exit", "supports_qr", "supports_rfid", "supports_numeric", "notes"]),
            .init(Text("Dates", es: "Fechas"), ["created_at", "updated_at"]),
        ],
        related: [
            .init("doors", by: "access_point", adding: "access_point"), .init("devices", by: "access_point"),
            .init("log", by: "access_point"),
        ],
        bulkActions: [
            .set("is_active", of: "garita.access_points", to: true, Text("Put into service", es: "Poner en servicio")),
            .set(
                "is_active", of: "garita.access_points", to: false,
                Text("Take out of service", es: "Poner fuera de servicio")),
        ],
        fitsInSelect: true, deactivationField: "is_active"))
