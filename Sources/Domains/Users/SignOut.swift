import OpenAPI
import PostgreSQL
import Web

/// `POST /api/auth/logout/`: ends the session of the token; it is dead at the very next request.
/// - SQL: `api.close_session` (sql/functions/users/close_session.sql).
struct SignOut: Endpoint {
    static let documentation = Documentation(
        Text("Sign out", es: "Cerrar sesión"),
        Text("Its tokens are void at the next request.", es: "Sus tokens dejan de servir en la siguiente solicitud."),
        answers: [.noContent])

    init(_ request: Request) throws(HTTPError) {}

    func respond(_ context: Context) throws -> Response {
        let caller = try context.requireCaller()
        _ = try context.database.run([
            Statement(
                "select api.close_session($1, $2)", name: "close_session",
                parameters: [.integer(caller.userID), .integer(caller.sessionID)])
        ])
        return .noContent
    }
}
