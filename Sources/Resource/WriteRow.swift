package import PostgreSQL
package import Web

/// `POST /api/<table>/`: a new row, answered as it now stands.
struct CreateRow {
    private let resource: Resource
    private let values: Values

    init(_ resource: Resource, _ request: Request) throws(HTTPError) {
        self.resource = resource
        values = Values(resource, try Form(request), isNew: true, isPartial: false)
    }

    func respond(_ context: Context) throws -> Response {
        let columns = values.allowed(to: try context.requireCaller().role)
        try Checks(resource, columns, id: nil).run(context, after: values.faults)
        let names = columns.compactMap(\.field.column).joined(separator: ", ")
        let numbers = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        let insert = "insert into \(resource.table) (\(names)) values (\(numbers)) returning garita.remember(id)"
        let statement = Statement(insert, parameters: columns.map(\.value.parameter))
        return try resource.answer(after: statement, status: 201, context)
    }
}

/// `PUT` and `PATCH /api/<table>/{id}/`: changed values, answered as the row now stands.
struct UpdateRow {
    private let resource: Resource
    private let id: Int64
    private let values: Values

    init(_ resource: Resource, _ request: Request, isPartial: Bool) throws(HTTPError) {
        self.resource = resource
        id = try request.identifier()
        values = Values(resource, try Form(request), isNew: false, isPartial: isPartial)
    }

    func respond(_ context: Context) throws -> Response {
        let columns = values.allowed(to: try context.requireCaller().role)
        try Checks(resource, columns, id: id).run(context, after: values.faults)
        return try resource.answer(after: write(columns), status: 200, context)
    }

    /// A body without a field changes nothing, and still answers the row.
    private func write(_ columns: [(field: Field, value: FieldValue)]) -> Statement {
        guard !columns.isEmpty else {
            let read = "select garita.remember(id) from \(resource.table) where id = $1"
            return Statement(read, parameters: [.integer(id)])
        }
        let assignments = columns.enumerated()
            .compactMap { index, column in column.field.column.map { "\($0) = $\(index + 2)" } }
            .joined(separator: ", ")
        let update = "update \(resource.table) set \(assignments) where id = $1 returning garita.remember(id)"
        return Statement(update, parameters: [.integer(id)] + columns.map(\.value.parameter))
    }
}

/// `DELETE /api/<table>/{id}/`: gone, or refused while something points at it.
struct DeleteRow {
    private let resource: Resource
    private let id: Int64

    init(_ resource: Resource, _ request: Request) throws(HTTPError) {
        self.resource = resource
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        let sql = "delete from \(resource.table) where id = $1 returning id"
        guard try context.run([Statement(sql, parameters: [.integer(id)])])[0].count == 1 else {
            throw HTTPError.notFound(resource.model)
        }
        return .noContent
    }
}

extension Resource {
    /// Runs a write that ends in `garita.remember(id)` and answers the row it names, in one transaction and round trip.
    /// - Throws: 404 when the write met no row.
    package func answer(after write: Statement, status: Int, _ context: Context) throws -> Response {
        let projection = rowProjection(for: try context.requireCaller().role)
        let read = "select \(projection.sql) from \(table) as t where t.id = garita.remembered()"
        let rows = try context.run([write, Statement(read)])[1]
        guard rows.count == 1 else { throw HTTPError.notFound(model) }
        return .json(try projection.json(rows[0], origin: context.request.origin), status: status)
    }
}
