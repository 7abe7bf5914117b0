import Resource
import Vocabulary
import Web

/// Gates and doors, what they can read, and which way they let people through.
///
/// Residents read their names.
let accessPoints = Resource(
    path: "/api/access/points/", model: "AccessPoint", table: "garita.access_points",
    singular: Text("Access point", es: "Acceso"), plural: Text("Access points", es: "Accesos"),
    fields: [
        .id,
        .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).required().unique(),
        .stored("code", .text(maximum: 20), Text("Code", es: "Clave")).required().unique().read(by: .gatekeepers),
        .stored(
            "access_type",
            .choice(["MAIN_GATE", "PEDESTRIAN", "VEHICLE", "BUILDING_DOOR", "GARAGE", "POOL", "GYM", "OTHER"]),
            Text("Kind", es: "Tipo")),
        .stored("location", .text(maximum: 200), Text("Location", es: "Ubicación")).required()
            .read(by: .gatekeepers),
        .reference("building", to: "garita.buildings", Text("Building", es: "Torre")).read(by: .gatekeepers),
        .computed(
            "building_name", .text(maximum: nil), Text("Building name", es: "Nombre de la torre"),
            "(select b.name from garita.buildings as b where b.id = t.building_id)"
        ).omittedWhenNull().read(by: .gatekeepers),
        .stored("supports_qr", .boolean, Text("Reads QR codes", es: "Lee códigos QR")).read(by: .gatekeepers),
        .stored("supports_rfid", .boolean, Text("Reads cards and tags", es: "Lee tarjetas y TAG")).read(
            by: .gatekeepers),
        .stored("supports_numeric", .boolean, Text("Takes typed codes", es: "Admite códigos tecleados")).read(
            by: .gatekeepers),
        .stored("is_entry", .boolean, Text("Entry", es: "Entrada")).read(by: .gatekeepers),
        .stored("is_exit", .boolean, Text("Exit", es: "Salida")).read(by: .gatekeepers),
        .stored("is_active", .boolean, Text("In service", es: "En servicio")),
        .stored("notes", .text(maximum: nil), Text("Notes", es: "Notas")).read(by: .gatekeepers),
        .createdAt.read(by: .gatekeepers), .updatedAt.read(by: .gatekeepers),
    ],
    search: ["name", "code", "location"],
    filters: [
        .flag("is_active", whenTrue: "t.is_active", otherwise: "not t.is_active"),
        .equals("access_type", "t.access_type", .choice([])),
    ],
    order: [.ascending("name")],
    orderable: ["name", "code", "created_at"],
    permissions: [
        .list: .signedIn, .read: .signedIn, .create: .administrators, .update: .administrators,
        .delete: .administrators,
    ])
