import JSON
import PostgreSQL
import Web

/// `GET /api/<table>/`: one page of the rows the caller may see, filtered, searched and ordered.
struct ListRows {
    private let resource: Resource
    private let conditions: Conditions
    private let order: [Ordering]
    private let page: Page
    private let size: Int64

    init(_ resource: Resource, _ request: Request) throws(HTTPError) {
        var conditions = Conditions()
        for filter in resource.filters {
            try filter.add(request.queryValue(filter.name), to: &conditions)
        }
        let searched = resource.search.map { resource.field($0)?.expression ?? $0 }
        Search.add(request.queryValue("search"), in: searched, to: &conditions)
        self.resource = resource
        self.conditions = conditions
        order = Self.order(resource, request.queryValue("ordering"))
        page = try Page(request)
        size = Page.size(request)
    }

    /// Count and rows travel in one round trip.
    func respond(_ context: Context) throws -> Response {
        let projection = resource.listProjection(for: try context.requireCaller().role)
        let from = " from \(resource.table) as t\(conditions.sql)"
        let count = "select count(*)\(from)"
        let rows = "select \(projection.sql)\(from)\(resource.orderBy(order))\(page.sql(size: size, count: count))"
        let results = try context.run([
            Statement(count, parameters: conditions.parameters), Statement(rows, parameters: conditions.parameters),
        ])
        let total = try results[0][0].integer(0)
        let number = try page.number(of: total, size: size)
        let items = try results[1].map { try projection.json($0, origin: context.request.origin) }
        return .json(PageEnvelope(request: context.request, number: number, size: size, count: total).json(items))
    }

    /// Unknown names are ignored, as in the original.
    private static func order(_ resource: Resource, _ text: String?) -> [Ordering] {
        let terms = (text ?? "").split(separator: ",").compactMap { term -> Ordering? in
            let name = term.filter { !$0.isWhitespace }
            let bare = name.hasPrefix("-") ? String(name.dropFirst()) : name
            guard resource.orderable.contains(bare) else { return nil }
            return name.hasPrefix("-") ? .descending(bare) : .ascending(bare)
        }
        return terms.isEmpty ? resource.order : terms
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
        return .json(.array(try rows.map { try projection.json($0, origin: context.request.origin) }))
    }
}

extension Resource {
    /// ` order by …`, the row's number last, so that equal rows never change places between pages.
    func orderBy(_ terms: [Ordering]) -> String {
        var parts = terms.compactMap { term in
            field(term.field).map { "\($0.expression)\(term.isDescending ? " desc" : "")" }
        }
        parts.append("t.id\(terms.first?.isDescending == true ? " desc" : "")")
        return " order by " + parts.joined(separator: ", ")
    }
}
