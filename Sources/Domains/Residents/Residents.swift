import Resource
import Vocabulary
import Web

/// People who live in a unit.
///
/// Guards see who they are, not their documents or emergency contacts; residents edit their own contact data.
let residents = Resource(
    path: "/api/residents/", model: "Resident", table: "garita.residents",
    singular: Text("Resident", es: "Residente"), plural: Text("Residents", es: "Residentes"),
    fields: [
        .id,
        .reference("user", to: "garita.users", Text("Account", es: "Cuenta")).unique()
            .written(by: .administrators),
        .reference("unit", to: "garita.units", Text("Unit", es: "Unidad")).required()
            .written(by: .administrators),
        .computed("unit_display", .text(maximum: nil), Text("Unit", es: "Unidad"), "garita.unit_display(t.unit_id)"),
        .stored("first_name", .text(maximum: 100), Text("First name", es: "Nombre")).required()
            .written(by: .administrators),
        .stored("last_name", .text(maximum: 100), Text("Last name", es: "Apellidos")).required()
            .written(by: .administrators),
        .computed(
            "full_name", .text(maximum: nil), Text("Full name", es: "Nombre completo"),
            "t.first_name || ' ' || t.last_name"),
        .stored("document_id", .text(maximum: 50), Text("Document", es: "Identificación")).required().unique()
            .read(by: .household).written(by: .administrators),
        .stored("phone", .phone(maximum: 20), Text("Phone", es: "Teléfono")).required(),
        .stored("email", .email, Text("E-mail", es: "Correo electrónico")),
        .stored("photo", .photo, Text("Photo", es: "Fotografía")).readOnly(),
        .stored("resident_type", .choice(["OWNER", "TENANT", "FAMILY"]), Text("Kind", es: "Tipo"))
            .written(by: .administrators),
        .stored(
            "emergency_contact_name", .text(maximum: 200), Text("Emergency contact", es: "Contacto de emergencia")
        ).read(by: .household),
        .stored(
            "emergency_contact_phone", .phone(maximum: 20),
            Text("Emergency phone", es: "Teléfono de emergencia")
        ).read(by: .household),
        .stored("is_authorized", .boolean, Text("Authorised", es: "Con autorización"))
            .written(by: .administrators),
        .stored("move_in_date", .date, Text("Moved in", es: "Fecha de entrada"))
            .written(by: .administrators),
        .stored("move_out_date", .date, Text("Moves out", es: "Fecha de salida"))
            .written(by: .administrators),
        .stored("notes", .text(maximum: nil), Text("Notes", es: "Notas"))
            .written(by: .administrators),
        .computed("is_active", .boolean, Text("Active", es: "Activo"), "garita.resides(t.move_out_date)"),
        .createdAt, .updatedAt,
    ],
    search: ["first_name", "last_name", "document_id", "phone", "email", "unit_display"],
    filters: [
        .equals("unit", "t.unit_id", .reference),
        .condition(
            "building", .reference,
            "exists (select from garita.units as u where u.id = t.unit_id and u.building_id = ?)"),
        .flag("is_active", whenTrue: "garita.resides(t.move_out_date)"),
    ],
    order: [.descending("created_at")],
    orderable: ["first_name", "last_name", "created_at"],
    minimal: ["id", "full_name", "unit_display", "phone"],
    permissions: [
        .list: .signedIn, .read: .signedIn, .create: .administrators, .update: .household, .delete: .administrators,
    ])
