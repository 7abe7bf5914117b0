package import Resource
import Web

/// The living sessions: one's own, and for an administrator those of the site.
package let sessions = Resource(
    path: "/api/auth/sessions/", model: "Session", table: "garita.sessions",
    singular: Text("Session", es: "Sesión"), plural: Text("Sessions", es: "Sesiones"),
    fields: [
        .id,
        .reference("user", to: "garita.users", Text("Account", es: "Cuenta")).readOnly(),
        .computed(
            "username", .text(maximum: nil), Text("User name", es: "Nombre de usuario"),
            "(select u.username from garita.users as u where u.id = t.user_id)"),
        .computed(
            "is_current", .boolean, Text("Current session", es: "Sesión actual"),
            "t.id = nullif(current_setting('garita.session_id', true), '')::bigint"),
        .stored("address", .text(maximum: 64), Text("IP address", es: "Dirección IP")).readOnly(),
        .stored("user_agent", .text(maximum: 300), Text("Device", es: "Dispositivo")).readOnly(),
        .stored("issued_at", .timestamp, Text("Last active", es: "Última actividad")).readOnly(),
        .stored("expires_at", .timestamp, Text("Expires", es: "Vence")).readOnly(),
        .createdAt,
    ],
    list: ListOptions(
        order: [.descending("created_at")],
        orderable: ["created_at", "issued_at", "expires_at"],
        search: ["username", "address"],
        filters: [.equals("user", "t.user_id", .reference)]),
    permissions: [.list: .signedIn, .read: .signedIn],
    admin: AdminOptions(
        slug: "sessions", section: .people, title: { "\($0).address" },
        columns: ["username", "address", "user_agent", "created_at", "expires_at", "is_current"],
        fieldsets: [
            .init(
                Text("Session", es: "Sesión"),
                ["user", "address", "user_agent", "created_at", "issued_at", "expires_at", "is_current"])
        ]))
