import JSON
package import Resource
import Vocabulary
import Web

/// What the administration tells all guards, or those of one gate; each shift acknowledges it.
package let standingOrders = Resource(
    path: "/api/access/standing_orders/", model: "StandingOrder", table: "garita.standing_orders",
    singular: Text("Standing order", es: "Consigna"), plural: Text("Standing orders", es: "Consignas"),
    fields: [
        .id,
        .stored("title", .text(maximum: 100), Text("Title", es: "Título")).required(),
        .stored("text", .text(maximum: 10_000), Text("Text", es: "Texto")).required()
            .hint(
                "Guards read it at the beginning of each shift, and again after each change.",
                es: "Los guardias la leen al iniciar cada turno, y otra vez después de cada cambio."),
        .reference("access_point", to: "garita.access_points", Text("Only at the gate", es: "Solo en el acceso"))
            .hint("Leave empty for all gates.", es: "Déjelo vacío para todos los accesos."),
        .stored("first_day", .date, Text("First day", es: "Primer día")),
        .stored("last_day", .date, Text("Last day", es: "Último día")),
        .stored("is_active", .boolean, Text("Active", es: "Activa")).default(true),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.descending("updated_at")],
        orderable: ["title", "updated_at"],
        search: ["title", "text"],
        filters: [
            .equals("is_active", "t.is_active", .boolean), .equals("access_point", "t.access_point_id", .reference),
        ]),
    permissions: [
        .list: .gatekeepers, .read: .gatekeepers, .create: .administrators, .update: .administrators,
        .delete: .administrators,
    ],
    admin: AdminOptions(
        slug: "standing-orders", section: .gates, title: { "\($0).title" },
        columns: ["title", "access_point", "first_day", "last_day", "is_active"],
        fieldsets: [
            .init(
                Text("Standing order", es: "Consigna"),
                ["title", "text", "access_point", "first_day", "last_day", "is_active"]),
            .init(Text("Dates", es: "Fechas"), ["created_at", "updated_at"]),
        ]))

/// Who watched which gate, from when until when, and what was handed over.
package let shifts = Resource(
    path: "/api/access/shifts/", model: "Shift", table: "garita.shifts",
    singular: Text("Shift", es: "Turno"), plural: Text("Shifts", es: "Turnos"),
    fields: [
        .id,
        .reference("user", to: "garita.users", Text("Guard", es: "Guardia")).readOnly(),
        .reference("access_point", to: "garita.access_points", Text("Gate", es: "Acceso")).readOnly(),
        .stored("opened_at", .timestamp, Text("Begun", es: "Inicio")).readOnly(),
        .stored("closed_at", .timestamp, Text("Ended", es: "Fin")).readOnly(),
        .reference("relieved_by", to: "garita.users", Text("Relieved by", es: "Relevó"), column: "relieved_by")
            .readOnly(),
        .stored("handover", .text(maximum: 10_000), Text("Hand-over", es: "Entrega de turno")).readOnly(),
        .stored("visits_inside", .integer(0...2_147_483_647), Text("Visits inside", es: "Visitas dentro")).readOnly(),
        .stored("people_inside", .integer(0...2_147_483_647), Text("People inside", es: "Personas dentro")).readOnly(),
        .stored("visits_waiting", .integer(0...2_147_483_647), Text("Visits waiting", es: "Visitas por autorizar"))
            .readOnly(),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.descending("opened_at")],
        orderable: ["opened_at", "closed_at"],
        filters: [
            .equals("access_point", "t.access_point_id", .reference), .equals("user", "t.user_id", .reference),
        ]),
    permissions: [.list: .gatekeepers, .read: .gatekeepers],
    admin: AdminOptions(
        slug: "shifts", section: .gates, title: { "to_char(\($0).opened_at, 'YYYY-MM-DD HH24:MI')" },
        columns: ["opened_at", "user", "access_point", "closed_at", "people_inside"],
        fieldsets: [
            .init(
                Text("Shift", es: "Turno"),
                ["user", "access_point", "opened_at", "closed_at", "relieved_by", "handover"]),
            .init(
                Text("At its end", es: "Al terminar"), ["visits_inside", "people_inside", "visits_waiting"]),
        ],
        related: [.init("shift-notes", by: "shift")]))

/// What guards write down in a shift.
package let shiftNotes = Resource(
    path: "/api/access/shift_notes/", model: "ShiftNote", table: "garita.shift_notes",
    singular: Text("Note of a shift", es: "Nota de turno"), plural: Text("Notes of shifts", es: "Notas de turnos"),
    fields: [
        .id,
        .reference("shift", to: "garita.shifts", Text("Shift", es: "Turno")).readOnly(),
        .stored("text", .text(maximum: 2000), Text("Text", es: "Texto")).readOnly(),
        .createdAt, .updatedAt,
    ],
    list: ListOptions(
        order: [.descending("created_at")],
        orderable: ["created_at"],
        search: ["text"],
        filters: [.equals("shift", "t.shift_id", .reference)]),
    permissions: [.list: .gatekeepers, .read: .gatekeepers],
    admin: AdminOptions(
        slug: "shift-notes", section: .gates, title: { "left(\($0).text, 60)" },
        columns: ["created_at", "shift", "text"],
        fieldsets: [.init(Text("Note", es: "Nota"), ["shift", "text", "created_at"])]))
