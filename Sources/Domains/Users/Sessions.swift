import OpenAPI
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
            "username", .text(maximum: nil), Text("User name", es: "Usuario"),
            "(select u.username from garita.users as u where u.id = t.user_id)"),
        .computed(
            "is_current", .boolean, Text("This one", es: "Esta"),
            "t.id = nullif(current_setting('garita.session_id', true), '')::bigint"),
        .stored("address", .text(maximum: 64), Text("Address", es: "Dirección IP")).readOnly(),
        .stored("user_agent", .text(maximum: 300), Text("Program", es: "Programa")).readOnly(),
        .stored("issued_at", .timestamp, Text("Last renewed", es: "Última renovación")).readOnly(),
        .stored("expires_at", .timestamp, Text("Ends", es: "Termina")).readOnly(),
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
        ],
        tasks: [.init("end/", Text("End this session", es: "Terminar esta sesión"))]))

/// `DELETE /api/auth/sessions/{id}/`: ends a session; its tokens are void at the next request.
///
/// - SQL: `api.end_session` (sql/functions/users/end_session.sql).
struct EndSession {
    private static let documentation = Documentation(
        Text("End a session", es: "Terminar una sesión"),
        Text("Its tokens are void at the next request.", es: "Sus tokens dejan de servir en la siguiente solicitud."),
        answers: [.noContent])

    static let route = Route(.delete, "/api/auth/sessions/{id}/", for: .signedIn, named: "EndSession", documentation) {
        request throws(HTTPError) in
        let id = try request.identifier()
        return { context in
            try AccountTask.endSession(id, context)
            return .noContent
        }
    }
}

/// `POST /api/users/{id}/end_sessions/`: ends every session of an account: one's own, or an administrator those of any.
///
/// - SQL: `api.end_user_sessions` (sql/functions/users/end_user_sessions.sql).
struct EndUserSessions: Endpoint {
    static let documentation = Documentation(
        Text("End every session of an account", es: "Terminar todas las sesiones de una cuenta"),
        Text("One's own, or an administrator those of any.", es: "La propia, o un administrador las de cualquiera."),
        answers: [.noContent])

    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        try AccountTask.endSessions(of: id, context)
        return .noContent
    }
}
