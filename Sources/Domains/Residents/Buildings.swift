import JSON
package import Resource
import Vocabulary
import Web

/// Towers, blocks, streets: what units stand in.
package let buildings = Resource(
    path: "/api/buildings/", model: "Building", table: "garita.buildings",
    singular: Text("Building", es: "Torre"), plural: Text("Buildings", es: "Torres"),
    fields: [
        .id,
        .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).synonyms(Synonyms.building).required().unique()
            .help("Building name or identifier", es: "Nombre o identificador de la torre"),
        .stored("code", .text(maximum: 10), Text("Code", es: "Clave")).synonyms([
            "Código", "Clave corta", "Abreviatura", "Short code", "Abbreviation",
        ]).required().unique()
            .help("Short code for the building (e.g., A, B, T1)", es: "Clave corta de la torre (p. ej., A, B, T1)"),
        .stored("address", .text(maximum: nil), Text("Address", es: "Domicilio")).synonyms([
            "Dirección", "Ubicación",
        ])
        .help("Physical address of the building", es: "Domicilio de la torre"),
        .stored("floors", .integer(0...2_147_483_647), Text("Floors", es: "Pisos")).synonyms([
            "Niveles", "Núm. de pisos", "Levels", "Stories", "Number of floors",
        ]).default(1)
            .help("Number of floors in the building", es: "Número de pisos de la torre"),
        .stored("units_per_floor", .integer(0...2_147_483_647), Text("Units per floor", es: "Unidades por piso"))
            .synonyms(["Departamentos por piso", "Deptos. por piso", "Apartments per floor"])
            .default(1)
            .help("Number of units per floor", es: "Número de unidades por piso"),
        .stored("is_active", .boolean, Text("Active", es: "Activa")).synonyms(Synonyms.active).default(true)
            .help("Whether this building is active", es: "Si la torre está activa"),
        .computed(
            "total_units", .integer(0...Int64.max), Text("Units", es: "Unidades"),
            "(select count(*) from garita.units as u where u.building_id = t.id)"),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.ascending("code")],
        orderable: ["name", "code", "created_at"],
        search: ["name", "code", "address"]),
    permissions: [
        .list: .signedIn, .export: .administrators, .read: .signedIn, .create: .administrators,
        .update: .administrators,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "buildings", section: .people, title: { "\($0).name" },
        columns: ["name", "code", "total_units", "is_active"],
        fieldsets: [
            .init(
                Text("Building", es: "Torre"),
                ["name", "code", "address", "floors", "units_per_floor", "total_units", "is_active"]),
            .init(Text("Dates", es: "Fechas"), ["created_at", "updated_at"]),
        ],
        related: [.init("units", by: "building", adding: "building")],
        bulkActions: [
            .set("is_active", of: "garita.buildings", to: true, Text("Activate", es: "Activar")),
            .set("is_active", of: "garita.buildings", to: false, Text("Deactivate", es: "Desactivar")),
        ],
        fitsInSelect: true, deactivationField: "is_active", exampleName: Text("Tower A", es: "Torre A")))
