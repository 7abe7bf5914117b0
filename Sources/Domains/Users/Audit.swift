package import Resource
import Vocabulary
import Web

/// Who did what: every change of a row, log-ins that failed, refusals, looks at secrets.
///
/// Read only: triggers and functions write it, nothing changes it.
package let audit = Resource(
    path: "/api/audit/", model: "AuditEntry", table: "garita.audit",
    singular: Text("Audit entry", es: "Registro de auditoría"), plural: Text("Audit", es: "Auditoría"),
    fields: [
        .id,
        .stored("at", .timestamp, Text("Time", es: "Fecha y hora")),
        .reference("user", to: "garita.users", Text("Account", es: "Cuenta")),
        .stored("actor", .text(maximum: nil), Text("Done by", es: "Quién")).offering([
            // What a visitor changes on the page of a pass (garita.lock_pass); of others it is the name of the account.
            .init("visitor", Text("Visitor", es: "Visitante"))
        ]),
        .choice("action", Text("Action", es: "Acción"), auditActions),
        .stored("table_name", .text(maximum: nil), Text("Table", es: "Tabla")).namingTable(),
        .stored("row_id", .integer(1...Int64.max), Text("Row", es: "Registro")).nullable(),
        .stored("changes", .json, Text("Changes", es: "Cambios")),
        .stored("request_id", .text(maximum: nil), Text("Request", es: "Solicitud")),
        .stored("address", .text(maximum: nil), Text("IP address", es: "Dirección IP")),
    ],
    list: ListOptions(
        order: [.descending("at")],
        orderable: ["at"],
        search: ["actor", "table_name", "request_id"],
        filters: [
            .equals("user", "t.user_id", .reference),
            .equals("action", "t.action", .choice([])),
            .equals("table_name", "t.table_name", .choice([])),
            .equals("row_id", "t.row_id", .reference),
            .condition(
                "date_from", .timestamp, "t.at >= (select garita.moment(?))",
                Text("From this day or time on.", es: "Desde este día u hora.")
            ).labelled(Text("From", es: "Desde")),
            .condition(
                "date_to", .timestamp, "t.at <= (select garita.moment(?))",
                Text("Up to this day or time.", es: "Hasta este día u hora.")
            ).labelled(Text("Until", es: "Hasta")).throughTheDay(),
        ]),
    permissions: [.list: .administrators, .export: .administrators, .read: .administrators],
    admin: AdminOptions(
        slug: "audit", section: .logs, title: { _ in "''" },
        columns: ["at", "actor", "action", "table_name", "row_id", "address"],
        fieldsets: [
            .init(
                Text("Entry", es: "Registro"),
                ["at", "user", "actor", "action", "table_name", "row_id", "changes", "request_id", "address"])
        ],
        dates: .init("at", from: "date_from", until: "date_to")))

/// As the constraint of the column has them (`audit_action_choice`).
private let auditActions: [FieldChoice] = [
    .init("INSERT", Text("Added", es: "Alta")), .init("UPDATE", Text("Changed", es: "Cambio")),
    .init("DELETE", Text("Deleted", es: "Baja"), tone: .bad),
    .init("REVEAL", Text("Secret shown", es: "Secreto mostrado")),
    .init("LOGIN_FAILED", Text("Sign-in failed", es: "Inicio de sesión fallido")),
    .init("REFUSED", Text("Refused", es: "Rechazado")), .init("EXPORT", Text("Exported", es: "Exportación")),
    .init("ALARM", Text("Alarm", es: "Alarma")), .init("ERASE", Text("Data erased", es: "Datos borrados")),
    .init("OPEN", Text("Door opened by hand", es: "Puerta abierta a mano")),
    .init("IMPORT", Text("Imported", es: "Importación")),
    .init("UNDO", Text("Import undone", es: "Importación deshecha")),
]
