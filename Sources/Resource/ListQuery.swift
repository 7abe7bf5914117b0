import JSON
import PostgreSQL
package import Web

/// What a client asks of a list: filters, words to look for, an order.
package struct ListQuery {
    /// The table whose list it is.
    package let resource: Resource
    /// The filters in use and what they ask for.
    package let values: [String: FieldValue]
    private let filtered: WhereClause
    private let search: String?
    private let ordering: String?

    /// What the API is asked for: it passes over what only pages know.
    /// - Throws: 400 with the parameter named.
    init(_ resource: Resource, _ request: Request) throws(HTTPError) {
        let hidden =
            resource.list.filters.filter(\.isForPages).map(\.name) + (resource.list.search.isForPages ? ["search"] : [])
        try self.init(resource) { hidden.contains($0) ? nil : request.queryValue($0) }
    }

    /// - Parameters:
    ///   - rows: only rows of these numbers; nil for all.
    ///   - asked: the value of a parameter; nil where there is none.
    /// - Throws: 400 with the parameter named.
    package init(
        _ resource: Resource, rows: [Int64]? = nil, asked: (String) -> String?
    ) throws(HTTPError) {
        var conditions = WhereClause()
        if let rows { conditions.add("t.id = any (?::bigint[])", .integers(rows)) }
        var values: [String: FieldValue] = [:]
        for filter in resource.list.filters {
            values[filter.name] = try filter.add(asked(filter.name), to: &conditions)
        }
        self.resource = resource
        self.values = values
        filtered = conditions
        search = asked("search")?.plain
        ordering = asked("ordering")
    }

    /// Blanks look for nothing.
    package var isSearch: Bool { !Search.words(search ?? "").isEmpty }

    /// Whether no more rows are looked at than a request has time for.
    package var isBounded: Bool {
        guard let bound = resource.list.search.bound else { return false }
        return isSearch || bound.bounded.contains { values[$0] != nil }
    }

    /// The `where` for the caller.
    package func conditions(_ context: Context) throws -> WhereClause {
        var conditions = filtered
        if isSearch { try narrow(&conditions, context) }
        if isBounded, let bound = resource.list.search.bound {
            conditions.add(bound.condition, values[bound.until] ?? .null)
        }
        guard isSearch else { return conditions }
        resource.search(search, for: try context.requireCaller().role, to: &conditions)
        return conditions
    }

    /// Names the rows that a search by index found; the search itself still looks at each.
    private func narrow(_ conditions: inout WhereClause, _ context: Context) throws {
        guard let finder = resource.list.search.finder, let pattern = Search.rarestPattern(search) else { return }
        let found = try context.run([
            Statement(
                "select \(finder)($1, $2)", name: finder,
                parameters: [.text(pattern), .optionalText(search.flatMap(PhoneText.part))])
        ])
        let row = try found[0].single()
        if !row.isNull(0) { conditions.add("t.id = any(?::bigint[])", .integers(try row.integerArray(0))) }
    }

    /// The order for somebody of this role.
    package func order(for role: Role) -> [Ordering] { resource.order(ordering, for: role) }
}
