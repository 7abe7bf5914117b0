import OpenAPI
import PostgreSQL
import Resource
import Web

/// `GET /api/users/me/`: the own account, in one round trip.
struct ShowMe: Endpoint {
    static let documentation = Documentation(
        Text("Show one's own account", es: "Mostrar la propia cuenta"), id: "readMe", answers: [.ok(users.rowSchema)])

    init(_ request: Request) throws(HTTPError) {}

    func respond(_ context: Context) throws -> Response {
        let role = try context.requireCaller().role
        let projection = users.rowProjection(for: role)
        let read = users.rowStatement(RowKey("garita.current_user_id()", "me"), for: role)
        return .json(try projection.json(context.run([read])[0].single(), context))
    }
}
