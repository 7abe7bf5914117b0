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

    private var resource: Resource { query.resource }

    /// Count and rows travel in one round trip, what a search finds by an index in one before.
    func respond(_ context: Context) throws -> Response {
        let role = try context.requireCaller().role
        let projection = resource.listProjection(for: role)
        let conditions = try query.conditions(context)
        let order = query.order(for: role)
        if let sums = resource.sums, order == resource.order, !query.isSearch,
            sums.supports(query.values.keys, for: role)
        {
            return try respond(context, by: sums, projection)
        }
        let from = " from \(resource.table) as t\(conditions.sql)"
        let count = conditions.isEmpty ? resource.count(for: role) : "select count(*)\(from)"
        var sorted = resource.orderBy(order)
        if let sums = resource.sums, order == resource.order, sums.prefersFilterFirst(for: role) {
            sorted = sums.unindexedOrder
        }
        let rows = "select \(projection.sql)\(from)\(sorted)\(page.sql(size: size, count: count))"
        let results = try context.run([
            statement("count", count, conditions, role), statement("page", rows, conditions, role),
        ])
        return try envelope(results[1], of: try results[0][0].integer(0), projection, context)
    }

    /// As above, with the count taken from sums.
    private func respond(_ context: Context, by sums: CountRollup, _ projection: Projection) throws -> Response {
        let role = try context.requireCaller().role
        var conditions = try query.conditions(context)
        conditions.add(sums.condition)
        let rows =
            "select \(projection.sql) from \(resource.table) as t\(conditions.sql)\(resource.orderBy(resource.order))"
            + " limit \(size) offset \(sums.offset)"
        let results = try context.run([
            sums.count(query.values, page, size: size), statement("sums", rows, conditions, role),
        ])
        let counted = try results[0].single()
        let answer = try envelope(results[1], of: try counted.integer(0), projection, context)
        try sums.refreshIfStale(try counted.integer(1), context)
        return answer
    }

    /// The plain list is prepared once per connection, for each role.
    ///
    /// A plan made under the policies of one role is thrown away when another comes. What a client filters or leafs
    /// through is too various to be kept.
    private func statement(_ part: String, _ sql: String, _ conditions: WhereClause, _ role: Role) -> Statement {
        let isPlain = conditions.parameters.isEmpty && (page == .number(1) || part != "page")
        return Statement(
            sql, name: isPlain ? "\(part) \(resource.model) \(role.rawValue)" : nil, parameters: conditions.parameters)
    }

    private func envelope(
        _ rows: Rows, of total: Int64, _ projection: Projection, _ context: Context
    ) throws -> Response {
        let number = try page.number(of: total, size: size)
        let items = try rows.map { try projection.json($0, context) }
        return .json(PageEnvelope(request: context.request, number: number, size: size, count: total).json(items))
    }
}

/// `GET /api/<table>/list_minimal/`: a bare list for pickers, capped.
struct ListMinimal {
    private static let maximumRows = 500
    private let resource: Resource

    init(_ resource: Resource) {
        self.resource = resource
    }

    func respond(_ context: Context) throws -> Response {
        let projection = resource.minimalProjection(for: try context.requireCaller().role)
        let sql =
            "select \(projection.sql) from \(resource.table) as t\(resource.orderBy(resource.order)) "
            + "limit \(Self.maximumRows)"
        let rows = try context.run([Statement(sql)])[0]
        return .json(.array(try rows.map { try projection.json($0, context) }))
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
        guard let hasWord else {
            let fields = search.compactMap(field).filter { $0.readers.admits(role) }
            return Search.add(text, in: names + fields.map(\.expression), to: &conditions)
        }
        Search.add(text, hasWord, in: names, to: &conditions)
    }

    /// The order a client asks for.
    ///
    /// Unknown names are ignored, as in the legacy API, and so are those of fields this role may not read.
    func order(_ text: String?, for role: Role) -> [Ordering] {
        let terms = (text ?? "").split(separator: ",").compactMap { term -> Ordering? in
            let name = term.filter { !$0.isWhitespace }
            let bare = name.hasPrefix("-") ? String(name.dropFirst()) : name
            guard orderable.contains(bare), field(bare)?.readers.admits(role) == true else { return nil }
            return name.hasPrefix("-") ? .descending(bare) : .ascending(bare)
        }
        return terms.isEmpty ? order : terms
    }

    /// ` order by …`, the row's number last, so that equal rows never change places between pages.
    package func orderBy(_ terms: [Ordering]) -> String {
        var parts = terms.compactMap { term in
            field(term.field).map { "\($0.expression)\(term.isDescending ? " desc" : "")" }
        }
        parts.append("t.id\(terms.last?.isDescending == true ? " desc" : "")")
        return " order by " + parts.joined(separator: ", ")
    }
}
