import Resource
import Vocabulary
import Web

/// Homes: a house, an apartment, a lot.
let units = Resource(
    path: "/api/units/", model: "Unit", table: "garita.units",
    singular: Text("Unit", es: "Unidad"), plural: Text("Units", es: "Unidades"),
    fields: [
        .id,
        .reference("building", to: "garita.buildings", Text("Building", es: "Torre")).required(),
        .computed(
            "building_name", .text(maximum: nil), Text("Building name", es: "Nombre de la torre"),
            "(select b.name from garita.buildings as b where b.id = t.building_id)"),
        .computed(
            "building_code", .text(maximum: nil), Text("Building code", es: "Clave de la torre"),
            "(select b.code from garita.buildings as b where b.id = t.building_id)"),
        .stored("number", .text(maximum: 10), Text("Number", es: "Número")).required(),
        .stored("floor", .integer(-2_147_483_648...2_147_483_647), Text("Floor", es: "Piso")).required(),
        .stored("owner_name", .text(maximum: 200), Text("Owner", es: "Propietario")),
        .stored("owner_phone", .phone(maximum: 20), Text("Owner's phone", es: "Teléfono del propietario")),
        .stored("is_occupied", .boolean, Text("Occupied", es: "Ocupada")),
        .stored("notes", .text(maximum: nil), Text("Notes", es: "Notas")),
        .computed(
            "resident_count", .integer(0...Int64.max), Text("Residents", es: "Residentes"),
            "(select count(*) from garita.residents as r where r.unit_id = t.id and garita.resides(r.move_out_date))"),
        .createdAt, .updatedAt,
    ],
    search: ["number", "owner_name", "building_name"],
    filters: [.equals("building", "t.building_id", .reference)],
    order: [.ascending("building_code"), .ascending("floor"), .ascending("number")],
    orderable: ["building", "floor", "number"],
    uniqueTogether: [["building", "number"]],
    permissions: [
        .list: .signedIn, .read: .signedIn, .create: .administrators, .update: .administrators,
        .delete: .administrators,
    ])
