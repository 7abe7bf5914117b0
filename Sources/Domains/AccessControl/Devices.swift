package import Resource
import Vocabulary
import Web

/// The gates' own devices.
///
/// Read only: a command and pages made by hand enrol, rotate and revoke them, because a key is handed out.
package let devices = Resource(
    path: "/api/access/devices/", model: "Device", table: "garita.devices",
    singular: Text("Gate device", es: "Dispositivo de acceso"),
    plural: Text("Gate devices", es: "Dispositivos de acceso"),
    fields: [
        .id,
        .stored("name", .text(maximum: 100), Text("Name", es: "Nombre")).readOnly(),
        .reference("access_point", to: "garita.access_points", Text("Gate", es: "Acceso")).readOnly(),
        .computed(
            "access_point_name", .text(maximum: nil), Text("Gate", es: "Acceso"),
            "(select p.name from garita.access_points as p where p.id = t.access_point_id)"),
        .stored("allows_entry", .boolean, Text("Entry", es: "Entrada")).readOnly(),
        .stored("allows_exit", .boolean, Text("Exit", es: "Salida")).readOnly(),
        .stored("is_active", .boolean, Text("Active", es: "Activo")).readOnly(),
        .stored("key_version", .integer(1...2_147_483_647), Text("Key version", es: "Versión de clave")).readOnly(),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.ascending("name")],
        orderable: ["name", "created_at"],
        search: ["name", "access_point_name"],
        filters: [.equals("access_point", "t.access_point_id", .reference)]),
    permissions: [.list: .administrators, .export: .administrators, .read: .administrators],
    admin: AdminOptions(
        slug: "devices", section: .gates, title: { "\($0).name" },
        columns: ["name", "access_point", "allows_entry", "allows_exit", "is_active", "updated_at"],
        fieldsets: [
            .init(
                Text("Device", es: "Dispositivo"),
                ["name", "access_point", "allows_entry", "allows_exit", "is_active", "key_version"]),
            .init(Text("Dates", es: "Fechas"), ["created_at", "updated_at"]),
        ],
        hasCustomCreatePage: true))
