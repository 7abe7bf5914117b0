import Resource
import Vocabulary
import Web

/// Announced and arriving visitors.
let visitors = Resource(
    path: "/api/visitors/", model: "Visitor", table: "garita.visitors",
    singular: Text("Visitor", es: "Visitante"), plural: Text("Visitors", es: "Visitantes"),
    fields: [
        .id,
        .stored("first_name", .text(maximum: 100), Text("First name", es: "Nombre")).required(),
        .stored("last_name", .text(maximum: 100), Text("Last name", es: "Apellidos")).required(),
        .computed(
            "full_name", .text(maximum: nil), Text("Full name", es: "Nombre completo"),
            "t.first_name || ' ' || t.last_name"),
        .stored("document_id", .text(maximum: 50), Text("Document", es: "Identificación")),
        .stored("phone", .phone(maximum: 20), Text("Phone", es: "Teléfono")),
        .stored("email", .email, Text("E-mail", es: "Correo electrónico")),
        .stored("photo", .photo, Text("Photo", es: "Fotografía")).readOnly(),
        .stored(
            "visitor_type", .choice(["GUEST", "DELIVERY", "SERVICE", "CONTRACTOR", "OTHER"]),
            Text("Kind", es: "Tipo")),
        .stored(
            "status", .choice(["PENDING", "APPROVED", "CHECKED_IN", "CHECKED_OUT", "DENIED"]),
            Text("Status", es: "Estado")),
        .reference("unit", to: "garita.units", Text("Unit", es: "Unidad")).required(),
        // Not garita.unit_display: a function is started anew for every row, a subquery once.
        .computed(
            "unit_display", .text(maximum: nil), Text("Unit", es: "Unidad"),
            "(select b.code || '-' || u.number from garita.units as u join garita.buildings as b on b.id = u.building_id"
                + " where u.id = t.unit_id)"),
        .reference("resident", to: "garita.residents", Text("Host", es: "Anfitrión")),
        .computed(
            "resident_name", .text(maximum: nil), Text("Host", es: "Anfitrión"),
            "(select r.first_name || ' ' || r.last_name from garita.residents as r where r.id = t.resident_id)"
        ).omittedWhenNull(),
        .stored("purpose", .text(maximum: nil), Text("Purpose", es: "Asunto")),
        .stored("expected_date", .date, Text("Expected on", es: "Fecha esperada")).required(),
        .stored("expected_time", .time, Text("Expected at", es: "Hora esperada")),
        .stored("vehicle_plate", .text(maximum: 20), Text("Plate", es: "Placas")),
        .stored("company", .text(maximum: 200), Text("Company", es: "Empresa")),
        .reference("authorized_by", to: "garita.users", Text("Authorised by", es: "Autorizó"), column: "authorized_by")
            .readOnly(),
        .stored("check_in_time", .timestamp, Text("Entered", es: "Entró")).written(by: .administrators),
        .stored("check_out_time", .timestamp, Text("Left", es: "Salió")).written(by: .administrators),
        .stored("notes", .text(maximum: nil), Text("Notes", es: "Notas")),
        .computed(
            "is_currently_inside", .boolean, Text("Inside", es: "Dentro"),
            "t.status = 'CHECKED_IN' and t.check_out_time is null"),
        .createdAt, .updatedAt,
    ],
    search: ["first_name", "last_name", "document_id", "phone", "company", "vehicle_plate"],
    filters: [
        .equals("status", "t.status", .choice([])),
        .equals("visitor_type", "t.visitor_type", .choice([])),
        .equals("unit", "t.unit_id", .reference),
    ],
    order: [.descending("expected_date"), .descending("created_at")],
    orderable: ["expected_date", "created_at", "check_in_time"],
    minimal: ["id", "full_name", "phone", "status"],
    permissions: [
        .list: .signedIn, .read: .signedIn, .create: .signedIn, .update: .signedIn, .delete: .administrators,
    ])
