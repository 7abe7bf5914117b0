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
            request.queryValue(name).map { table.resource.list.filter(name)?.meaning(of: $0) ?? $0 }
        }
        let pages = 1...Self.counted / Self.size
        page = request.queryValue("page").flatMap { WholeNumber.nearest(to: $0, in: pages) } ?? 1
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
            !item.value.isEmpty && (item.name == "search" || table.resource.list.filter(item.name) != nil)
        }
    }

    /// Names in the address that the list does not know: as in the API they change nothing, but the page says so.
    var unknownNames: [String] {
        request.query.map(\.name).filter { name in
            let known = ["search", "ordering", "page"] + table.resource.list.filters.map(\.name)
            return !known.contains { name == $0 || name.hasPrefix($0 + ".") }
        }
    }

    /// Words to be looked for in a large table that nothing narrows; nil for any other list.
    var unboundedSearch: SearchBound? {
        guard query.isSearch, let bound = table.resource.list.search.bound else { return nil }
        return bound.narrowedBy.allSatisfy { filter($0) == nil } ? bound : nil
    }

    func filter(_ name: String) -> String? {
        request.queryValue(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// How many rows there are, and the rows of this page.
    func statements(_ cells: FieldColumns, _ context: Context) throws -> ListStatements {
        let window = ListWindow(page: page, size: Self.size, countingUpTo: Self.counted)
        return try query.statements("t.id\(cells.sql)", window, context)
    }
}

/// `GET /admin/<table>/export/`: all rows of the list on screen, as a file, CSV or by `?format=` another.
struct ExportList: TableHandler {
    private let list: TableList
    private let file: ListFile

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        guard let file = ListFile(rawValue: request.queryValue("format") ?? "csv") else { throw .notFound() }
        self.file = file
        list = try TableList(table, request)
    }

    func respond(_ page: PageContext) throws -> Response { try list.table.export(list.query, as: file, page) }
}
