import JSON
package import Resource
import Vocabulary
import Web

/// Vehicles of homes: a home keeps its own, guards look plates up.
package let vehicles = Resource(
    path: "/api/vehicles/", model: "Vehicle", table: "garita.vehicles",
    singular: Text("Vehicle", es: "Vehículo"), plural: Text("Vehicles", es: "Vehículos"),
    fields: [
        .id,
        .reference("unit", to: "garita.units", Text("Unit", es: "Unidad")).synonyms(Synonyms.home).required()
            .help("Home the vehicle belongs to", es: "Casa a la que pertenece el vehículo"),
        .unitDisplay,
        .reference("resident", to: "garita.residents", Text("Resident", es: "Residente")).synonyms(
            Synonyms.resident + ["Dueño", "Propietario", "Owner"]
        )
        .help("Resident the vehicle belongs to", es: "Residente a quien pertenece el vehículo"),
        .stored("plate", .text(maximum: 20), Text("License plate", es: "Placas")).synonyms([
            "Placa", "Matrícula", "Plate", "Plates", "Licence plate",
        ]).required().matching(".*[A-Za-z0-9].*") { _ in
            Text("Write the letters or digits of the plate.", es: "Escriba las letras o cifras de las placas.")
        }
        .help("Vehicle license plate number", es: "Placas del vehículo"),
        .stored("description", .text(maximum: 200), Text("Description", es: "Descripción")).synonyms([
            "Marca", "Modelo", "Marca y modelo", "Color", "Vehículo", "Make", "Model", "Vehicle",
        ])
        .help("Make, model and color", es: "Marca, modelo y color"),
        .stored("is_active", .boolean, Text("Active", es: "Activo")).synonyms(Synonyms.active).default(true)
            .help("Whether the home still has it", es: "Si la casa aún lo tiene"),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.descending("created_at")],
        orderable: ["unit_display", "plate", "created_at"],
        search: ["plate", "description", "unit_display"],
        filters: [
            .equals("unit", "t.unit_id", .reference), .equals("resident", "t.resident_id", .reference),
            .flag("is_active", whenTrue: "t.is_active"),
        ]),
    permissions: [
        .list: .signedIn, .export: .administrators, .read: .signedIn, .create: .household, .update: .household,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "vehicles", section: .people, title: { "\($0).plate" },
        columns: ["plate", "unit", "description", "resident", "is_active"],
        fieldsets: [
            .init(
                Text("Vehicle", es: "Vehículo"),
                ["unit", "resident", "plate", "description", "is_active", "created_at", "updated_at"])
        ],
        bulkActions: [
            .set("is_active", of: "garita.vehicles", to: true, Text("Activate", es: "Activar")),
            .set("is_active", of: "garita.vehicles", to: false, Text("Deactivate", es: "Desactivar")),
        ],
        deactivationField: "is_active"))
