import JSON
package import Resource
import Vocabulary
import Web

/// Announced and arriving visitors.
///
/// - SQL: in Swift the index of the search is named without brackets:
///   api.find_visitors (sql/functions/visitors/find_visitors.sql).
package let visitors = Resource(
    path: "/api/visitors/", model: "Visitor", table: "garita.visitors",
    singular: Text("Visitor", es: "Visitante"), plural: Text("Visitors", es: "Visitantes"),
    fields: [
        .id,
        .stored("first_name", .text(maximum: 100), Text("First name", es: "Nombre")).synonyms(
            Synonyms.firstName + ["Nombre del visitante", "Visitante", "Visitor"]
        )
        .required()
        .help("Visitor first name", es: "Nombre del visitante"),
        .stored("last_name", .text(maximum: 100), Text("Last name", es: "Apellidos")).synonyms(
            Synonyms.lastName + ["Apellidos del visitante"]
        )
        .required()
        .help("Visitor last name", es: "Apellidos del visitante"),
        .computed(
            "full_name", .text(maximum: nil), Text("Full name", es: "Nombre completo"),
            "t.first_name || ' ' || t.last_name"),
        .stored("document_id", .text(maximum: 50), Text("Document", es: "Identificación")).synonyms(Synonyms.document)
            .help("ID document number", es: "Número de identificación"),
        .stored("phone", .phone(maximum: 20), Text("Phone", es: "Teléfono")).synonyms(Synonyms.phone)
            .help("Contact phone number", es: "Teléfono de contacto"),
        .stored("email", .email, Text("Email", es: "Correo electrónico")).synonyms(Synonyms.email)
            .help("Email address", es: "Dirección de correo electrónico"),
        .photo("photo", of: "/api/visitors/", Text("Photo", es: "Fotografía"))
            .help("Visitor photo", es: "Fotografía del visitante"),
        .choice(
            "visitor_type", Text("Type", es: "Tipo"),
            [
                .init("GUEST", Text("Guest", es: "Invitado")), .init("DELIVERY", Text("Delivery", es: "Entrega")),
                .init("SERVICE", Text("Service Provider", es: "Servicio")),
                .init("CONTRACTOR", Text("Contractor", es: "Contratista")), .init("OTHER", Text("Other", es: "Otro")),
            ]
        ).synonyms(Synonyms.kind + ["Tipo de visita", "Visitor type"]).default("GUEST").help(
            "Type of visitor", es: "Tipo de visitante"),
        .choice(
            "status", Text("Status", es: "Estado"),
            [
                .init("PENDING", Text("Pending", es: "Por autorizar")),
                .init("APPROVED", Text("Approved", es: "Autorizada"), tone: .good),
                .init(
                    "CHECKED_IN", Text("Inside", es: "Dentro"), legacy: Text("Checked In", es: "Dentro"), tone: .good),
                .init("CHECKED_OUT", Text("Left", es: "Salió"), legacy: Text("Checked Out", es: "Salió")),
                .init("DENIED", Text("Denied", es: "Rechazada"), tone: .bad),
            ]
        ).synonyms(["Estatus", "State"]).default("PENDING").help("Current status", es: "Estado actual"),
        .reference("unit", to: "garita.units", Text("Unit", es: "Unidad")).synonyms(Synonyms.home).required()
            .help("Unit being visited", es: "Unidad que se visita"),
        .unitDisplay,
        .reference("resident", to: "garita.residents", Text("Host", es: "Anfitrión")).synonyms(
            Synonyms.resident + ["Visita a", "Visits"]
        )
        .help("Resident being visited", es: "Residente a quien se visita"),
        .computed(
            "resident_name", .text(maximum: nil), Text("Host", es: "Anfitrión"),
            "(select r.first_name || ' ' || r.last_name from garita.residents as r where r.id = t.resident_id)"
        ).omittedWhenNull(),
        .stored("purpose", .text(maximum: nil), Text("Purpose", es: "Asunto")).synonyms([
            "Motivo", "Motivo de la visita", "Reason",
        ])
        .help("Purpose of visit", es: "Motivo de la visita"),
        .stored("expected_date", .date, Text("Expected on", es: "Fecha esperada")).synonyms([
            "Fecha", "Día", "Fecha de visita", "Fecha de la visita", "Date", "Day", "Visit date",
        ]).required().fromToday()
            .help("Expected date of visit", es: "Fecha esperada de la visita"),
        .stored("expected_time", .time(), Text("Expected at", es: "Hora esperada")).synonyms([
            "Hora", "Hora de llegada", "Time", "Arrival",
        ])
        .help("Expected time of arrival", es: "Hora esperada de llegada"),
        .stored("vehicle_plate", .text(maximum: 20), Text("License plate", es: "Placas")).synonyms([
            "Placa", "Matrícula", "Plate", "Plates", "Licence plate", "Vehículo",
        ])
        .help("Vehicle license plate number", es: "Placas del vehículo"),
        .stored("company", .text(maximum: 200), Text("Company", es: "Empresa")).synonyms(["Compañía", "Proveedor"])
            .help("Company name (for delivery/service)", es: "Nombre de la empresa (entregas y servicios)"),
        .reference("authorized_by", to: "garita.users", Text("Authorized by", es: "Autorizó"), column: "authorized_by")
            .readOnly()
            .help("User who authorized this visitor", es: "Usuario que autorizó al visitante"),
        .stored("check_in_time", .timestamp, Text("Entered", es: "Entró")).written(by: .administrators)
            .help("Actual check-in time", es: "Hora real de entrada"),
        .stored("check_out_time", .timestamp, Text("Left", es: "Salió")).written(by: .administrators)
            .help("Actual check-out time", es: "Hora real de salida"),
        .stored("notes", .text(maximum: nil), Text("Notes", es: "Notas")).synonyms(Synonyms.notes)
            .help("Additional notes", es: "Notas adicionales"),
        .computed(
            "is_currently_inside", .boolean, Text("Inside", es: "Dentro"),
            "t.status = 'CHECKED_IN'"),
        .stored("companions", .integer(0...99), Text("Companions", es: "Acompañantes")).synonyms([
            "Número de acompañantes", "Acompañantes", "Companions",
        ]).default(0)
            .help("People who come along", es: "Personas que vienen con el visitante"),
        .stored("party", .text(maximum: 100), Text("Party", es: "Evento")).synonyms(["Fiesta", "Reunión", "Event"])
            .help("Name of the list of guests", es: "Nombre de la lista de invitados"),
        .visitWarnings(of: "t.id"),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.descending("expected_date"), .descending("created_at")],
        orderable: ["expected_date", "created_at", "check_in_time"],
        search: SearchOptions(
            ["first_name", "last_name", "document_id", "phone", "company", "vehicle_plate"],
            condition: "t.search_text like garita.fold(?)",
            finder: "api.find_visitors"),
        filters: [
            .equals("status", "t.status", .choice([])),
            .equals("visitor_type", "t.visitor_type", .choice([])),
            .equals("unit", "t.unit_id", .reference),
            .equals("resident", "t.resident_id", .reference),
            .condition(
                "expected_from", .date, "t.expected_date >= ?::date",
                Text("Expected on this day or later.", es: "Se espera este día o después.")
            ).labelled(Text("Expected from", es: "Se espera desde")),
            .condition(
                "expected_to", .date, "t.expected_date <= ?::date",
                Text("Expected on this day or earlier.", es: "Se espera este día o antes.")
            ).labelled(Text("Expected until", es: "Se espera hasta")),
            .flag(
                "is_awaited", whenTrue: "t.status in ('PENDING', 'APPROVED')",
                about: Text("Only visitors who have not arrived yet.", es: "Solo quienes aún no llegan.")
            ).labelled(Text("Not arrived yet", es: "Por llegar")),
        ],
        minimal: ["id", "full_name", "phone", "status"],
        counting: .kept(for: .gatekeepers)),
    permissions: [
        .list: .signedIn, .export: .administrators, .read: .signedIn, .create: .signedIn, .update: .signedIn,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "visitors", section: .visits, title: { "\($0).first_name || ' ' || \($0).last_name" },
        columns: ["full_name", "unit", "visitor_type", "status", "expected_date", "vehicle_plate"],
        fieldsets: [
            .init(
                Text("Visit", es: "Visita"),
                [
                    "unit", "resident", "visitor_type", "status", "expected_date", "expected_time", "purpose",
                    "party", "warnings",
                ]),
            .init(
                Text("Person", es: "Persona"),
                [
                    "first_name", "last_name", "document_id", "phone", "email", "company", "vehicle_plate",
                    "companions", "photo",
                ]),
            .init(
                Text("At the gate", es: "En el acceso"),
                ["authorized_by", "check_in_time", "check_out_time", "notes", "created_at", "updated_at"]),
        ],
        related: [.init("passes", by: "visitor"), .init("log", by: "visitor")],
        bulkActions: [
            .init(
                "approve", Text("Approve", es: "Autorizar"),
                sql: "select api.decide_visit(t.id, 'approve') from garita.visitors as t"
                    + " where t.id = any ($1::bigint[]) and t.status = 'PENDING' and api.visit_warnings(t.id) is null",
                about: Text(
                    "Only visits that await approval. Whoever is on the block list is left out: approve them one by one.",
                    es:
                        "Solo visitas por autorizar. Quien está en la lista de bloqueo se omite: autorícelo en su propia"
                        + " página."))
        ]))

extension Field {
    /// What staff should know before the visitor comes; residents do not learn who is on the block list.
    ///
    /// - Parameter visitor: SQL for the number of the visit.
    /// - SQL: `api.visit_warnings` (sql/functions/visitors/visit_warnings.sql).
    static func visitWarnings(of visitor: String) -> Field {
        alert(
            "warnings", Text("Warning", es: "Aviso"),
            [
                FieldChoice(
                    "blocklisted",
                    Text(
                        "This person is on the block list: no gate will let them in.",
                        es: "Esta persona está en la lista de bloqueo: ningún acceso la dejará entrar."), tone: .bad)
            ], "api.visit_warnings(\(visitor))"
        ).read(by: .gatekeepers)
    }
}
