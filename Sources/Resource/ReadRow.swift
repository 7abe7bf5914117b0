import PostgreSQL
import Web

/// `GET /api/<table>/{id}/`: one row; a row the caller may not see does not exist.
///
/// For a gate device that is every row but the one which `api.begin_device_request` remembered: its own gate.
struct ReadRow {
    private let resource: Resource
    private let id: Int64

    init(_ resource: Resource, _ request: Request) throws(HTTPError) {
        self.resource = resource
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        let role = try context.requireRole()
        let projection = resource.rowProjection(for: role)
        let read =
            context.device == nil
            ? resource.rowStatement(.number(id), for: role)
            : resource.rowStatement(.saved(id), for: role)
        let rows = try context.run([read])[0]
        guard rows.count == 1 else { throw HTTPError.notFound(resource.model) }
        return .json(try projection.json(rows[0], context))
    }
}
