import JSON
package import Resource
import Vocabulary
import Web

/// Homes: a house, an apartment, a lot.
package let units = Resource(
    path: "/api/units/", model: "Unit", table: "garita.units",
    singular: Text("Unit", es: "Unidad"), plural: Text("Units", es: "Unidades"),
    fields: [
        .id,
        .reference("building", to: "garita.buildings", Text("Building", es: "Torre")).synonyms(Synonyms.building)
            .required()
            .help("Building this unit belongs to", es: "Torre a la que pertenece la unidad"),
        .computed(
            "building_name", .text(maximum: nil), Text("Building name", es: "Nombre de la torre"),
            "(select b.name from garita.buildings as b where b.id = t.building_id)"),
        .computed(
            "building_code", .text(maximum: nil), Text("Building code", es: "Clave de la torre"),
            "(select b.code from garita.buildings as b where b.id = t.building_id)"),
        .stored("number", .text(maximum: 10), Text("Number", es: "Número")).synonyms(Synonyms.number + Synonyms.home)
            .required()
            .matching("[A-Za-z0-9-]{1,10}") { _ in
                Text(
                    "Unit number must be 1-10 alphanumeric characters",
                    es: "El número de la unidad lleva de 1 a 10 letras, cifras o guiones")
            }
            .help("Unit number (e.g., 101, 2A, PH1)", es: "Número de la unidad (p. ej., 101, 2A, PH1)"),
        .stored("floor", .integer(0...2_147_483_647), Text("Floor", es: "Piso")).synonyms([
            "Nivel", "Planta", "Level", "Story", "Storey",
        ]).required()
            .help("Floor number", es: "Número de piso"),
        .stored("owner_name", .text(maximum: 200), Text("Owner", es: "Propietario")).synonyms([
            "Dueño", "Nombre del propietario", "Nombre del dueño", "Titular", "Owner name", "Owner's name",
            "Name of owner",
        ])
        .help("Name of the unit owner", es: "Nombre del propietario de la unidad"),
        .stored("owner_phone", .phone(maximum: 20), Text("Owner's phone", es: "Teléfono del propietario")).synonyms(
            Synonyms.phone + [
                "Teléfono", "Phone", "Tel. propietario", "Tel. del propietario", "Celular del propietario",
                "Owner phone", "Owner tel.",
            ]
        )
        .help("Owner contact phone", es: "Teléfono de contacto del propietario"),
        .stored("is_occupied", .boolean, Text("Occupied", es: "Ocupada")).synonyms(["Ocupado", "Habitada", "Habitado"])
            .default(true)
            .help("Whether this unit is currently occupied", es: "Si la unidad está ocupada"),
        .stored("notes", .text(maximum: nil), Text("Notes", es: "Notas")).synonyms(Synonyms.notes)
            .help("Additional notes about the unit", es: "Notas adicionales sobre la unidad"),
        .computed(
            "resident_count", .integer(0...Int64.max), Text("Residents", es: "Residentes"),
            "(select count(*) from garita.residents as r where r.unit_id = t.id and garita.resides(r.move_out_date))"),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.ascending("building_code"), .ascending("floor"), .ascending("number")],
        orderable: ["building", "floor", "number"],
        search: ["number", "owner_name", "building_name"],
        filters: [.equals("building", "t.building_id", .reference)],
        hidden: [.computed("name", .text(maximum: nil), Text("Unit", es: "Unidad"), unitName("t"))]),
    rules: WriteRules(uniqueTogether: [["building", "number"]]),
    permissions: [
        .list: .signedIn, .export: .administrators, .read: .signedIn, .create: .administrators,
        .update: .administrators,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "units", section: .people,
        title: unitName,
        columns: ["name", "building", "floor", "owner_name", "resident_count", "is_occupied"],
        fieldsets: [
            .init(Text("Unit", es: "Unidad"), ["building", "number", "floor", "is_occupied", "resident_count"]),
            .init(Text("Owner", es: "Propietario"), ["owner_name", "owner_phone", "notes"]),
            .init(Text("Dates", es: "Fechas"), ["created_at", "updated_at"]),
        ],
        related: [
            .init("residents", by: "unit", adding: "unit"), .init("visitors", by: "unit", adding: "unit"),
            .init("passes", by: "unit"),
        ],
        bulkActions: [
            .set("is_occupied", of: "garita.units", to: true, Text("Mark as occupied", es: "Marcar como ocupadas")),
            .set("is_occupied", of: "garita.units", to: false, Text("Mark as vacant", es: "Marcar como desocupadas")),
        ], exampleName: Text("A-101", es: "A-101")))

/// What people call a unit: `A-101`.
@Sendable private func unitName(_ alias: String) -> String {
    "(select b.code from garita.buildings as b where b.id = \(alias).building_id) || '-' || \(alias).number"
}
