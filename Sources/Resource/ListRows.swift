import JSON
import PostgreSQL
package import Web

/// `GET /api/<table>/`: one page of the rows the caller may see, filtered, searched and ordered.
struct ListRows {
    private let query: ListQuery
    private let page: PageNumber
    private let size: Int64

    init(_ resource: Resource, _ request: Request) throws(HTTPError) {
        query = try ListQuery(resource, request)
        page = try PageNumber(request)
        size = PageNumber.size(request)
    }

    /// The rows of a list that one of its filters keeps, given this number.
    init(_ resource: Resource, _ request: Request, by filter: String, _ id: Int64) throws(HTTPError) {
        query = try ListQuery(resource) { $0 == filter ? String(id) : request.queryValue($0) }
        page = try PageNumber(request)
        size = PageNumber.size(request)
    }

    /// Count and rows travel in one round trip, what a search finds by an index in one before.
    func respond(_ context: Context) throws -> Response {
        let projection = query.resource.listProjection(for: try context.requireCaller().role)
        let list = try query.statements(
            projection.sql, ListWindow(page, size: size), isPrepared: true, context)
        let results = try context.run([list.count, list.rows])
        let total = try results[0].single().integer(0)
        let number = try page.number(of: total, size: size)
        try list.refreshIfStale(results[0], context)
        let envelope = PageEnvelope(request: context.request, number: number, size: size, count: total)
        return try .json { writer in
            try envelope.write(to: &writer) { try projection.write(results[1], context, to: &$0) }
        }
    }
}

/// `GET /api/<table>/list_minimal/`: a bare list for pickers, capped.
struct ListMinimal {
    private static let maximumRows: Int64 = 500
    private let resource: Resource

    init(_ resource: Resource) {
        self.resource = resource
    }

    func respond(_ context: Context) throws -> Response {
        let projection = resource.minimalProjection(for: try context.requireCaller().role)
        let read = resource.rowsStatement(
            projection.sql, order: resource.orderBy(resource.list.order), limit: Self.maximumRows)
        let rows = try context.run([read])[0]
        return try .json { try projection.write(rows, context, to: &$0) }
    }
}

extension Resource {
    /// Only rows that have every word.
    ///
    /// A field that the role may not read is not looked into: it would be found by guessing.
    ///
    /// - Parameter title: SQL that names a row, looked into as well.
    package func search(_ text: String?, for role: Role, title: String? = nil, to conditions: inout WhereClause) {
        let names = title.map { [$0] } ?? []
        let fields = list.search.fields.compactMap(listField).filter { $0.readers.admits(role) }
        let phones = fields.filter(\.holdsPhone).map(\.expression)
        guard let condition = list.search.condition else {
            return Search.add(text, in: names + fields.map(\.expression), phones: phones, to: &conditions)
        }
        Search.add(text, condition, in: names, phones: phones, to: &conditions)
    }

    /// The order a client asks for.
    ///
    /// Unknown names are ignored, as in the legacy API, and so are those of fields this role may not read.
    func order(_ text: String?, for role: Role) -> [Ordering] {
        let terms = (text ?? "").split(separator: ",").compactMap { term -> Ordering? in
            let name = term.filter { !$0.isWhitespace }
            let bare = name.hasPrefix("-") ? String(name.dropFirst()) : name
            guard list.orderable.contains(bare), listField(bare)?.readers.admits(role) == true else { return nil }
            return name.hasPrefix("-") ? .descending(bare) : .ascending(bare)
        }
        return terms.isEmpty ? list.order : terms
    }
}
