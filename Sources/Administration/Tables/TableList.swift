import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// What a list was asked for: filters, words, order, page; the same names as in the API.
struct TableList {
    static let size: Int64 = 25
    /// Rows are counted up to here; beyond, a list says "more than".
    static let counted: Int64 = 10_000
    let table: Table
    let request: Request
    let query: ListQuery
    let page: Int64

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        self.table = table
        self.request = request
        query = try ListQuery(table.resource) { name in
            let isMoment = table.resource.filters.contains { $0.name == name && $0.kind == .timestamp }
            return request.queryValue(name).map { isMoment ? Self.wholeDay($0, name) : $0 }
        }
        let pages = 1...Self.counted / Self.size
        page = request.queryValue("page").flatMap { WholeNumber.nearest(to: $0, in: pages) } ?? 1
    }

    /// A person who says "until the 5th" means all of that day.
    private static func wholeDay(_ text: String, _ name: String) -> String {
        name.hasSuffix("_to") && text.utf8.count == 10 ? "\(text)T23:59:59.999999" : text
    }

    /// The address of the list with some parameters changed; nil takes one away.
    func address(_ changes: (String, String?)..., of path: String? = nil) -> String {
        let changed = Set(changes.map(\.0))
        let kept = request.query.filter { item in
            !changed.contains(item.name) && !item.value.isEmpty && (item.name != "page" || changes.isEmpty)
        }
        let items = kept + changes.compactMap { change in change.1.map { QueryItem(change.0, $0) } }
        return (path ?? table.path) + (items.isEmpty ? "" : "?" + QueryItem.encode(items))
    }

    /// The parameters that say which rows, without page and order.
    var narrowing: [QueryItem] {
        request.query.filter { item in
            !item.value.isEmpty && (item.name == "search" || table.resource.filters.contains { $0.name == item.name })
        }
    }

    /// Words to be looked for in a large table that nothing narrows.
    var isSearchOfAllTimes: Bool {
        table.resource.sums != nil && query.isSearch && filter("date_from") == nil
            && filter("visitor") == nil && filter("resident") == nil
    }

    func filter(_ name: String) -> String? {
        request.queryValue(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// How many rows there are at all, and the rows of this page; one more of another page where they are not counted by sums.
    func statements(_ cells: FieldColumns, _ context: Context) throws -> [Statement] {
        let resource = table.resource
        let order = query.order(for: .administrator)
        var conditions = try query.conditions(context)
        let columns = "select t.id\(cells.sql) from \(resource.table) as t"
        if let sums = resource.sums, order == resource.order, !query.isSearch,
            sums.supports(query.values.keys, for: .administrator)
        {
            conditions.add(sums.condition)
            let rows =
                "\(columns)\(conditions.sql)\(resource.orderBy(order)) limit \(Self.size) offset \(sums.offset)"
            return [
                sums.count(query.values, page: page, size: Self.size),
                Statement(rows, parameters: conditions.parameters),
            ]
        }
        let rows =
            "\(columns)\(conditions.sql)\(resource.orderBy(order)) limit \(Self.size + 1)"
            + " offset \((page - 1) * Self.size)"
        return [count(conditions), Statement(rows, parameters: conditions.parameters)]
    }

    /// How many rows, or how many at least; null where it would take long to know.
    private func count(_ conditions: WhereClause) -> Statement {
        let resource = table.resource
        if conditions.isEmpty, resource.counted != nil { return Statement(resource.count(for: .administrator)) }
        if resource.sums != nil { return Statement("select null::bigint") }
        return Statement(
            "select count(*) from (select from \(resource.table) as t\(conditions.sql) limit \(Self.counted + 1)) as found",
            parameters: conditions.parameters)
    }
}

/// `GET /admin/<table>/export/`: all rows of the list on screen, as a file.
struct ExportList: TableHandler {
    private let list: TableList

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        list = try TableList(table, request)
    }

    func respond(_ page: PageContext) throws -> Response { try ExportRows(list.query).respond(page.context) }
}
