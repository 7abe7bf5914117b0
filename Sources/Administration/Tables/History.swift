import Pages
import PostgreSQL
import Resource
import Users
import Vocabulary
import Web

/// What was done to one row: by whom, when, from where, from what to what.
struct History {
    private let table: Table
    private let id: Int64

    init(_ table: Table, _ id: Int64) {
        self.table = table
        self.id = id
    }

    func statement(limit: Int) -> Statement {
        Statement(
            "select a.at, a.actor, a.action, a.changes, a.address, a.request_id\(references.map(names).joined())"
                + " from garita.audit as a"
                + " where a.table_name = $1 and a.row_id = $2 order by a.at desc, a.id desc limit \(limit)",
            name: "history \(limit) of \(table.admin.slug)",
            parameters: [.text(table.resource.tableName), .integer(id)])
    }

    /// The fields that lead to other rows, by their columns.
    private var references: [(column: String, target: Table)] {
        table.resource.fields.compactMap { field in
            guard field.kind == .reference, let column = field.column, let target = Table.of(field.target) else {
                return nil
            }
            return (column, target)
        }
    }

    /// What the rows are called that a field led to and leads to now.
    private func names(_ column: String, of target: Table) -> String {
        (0...1).map { place in
            """
            , (select \(target.admin.title("it")) from \(target.resource.table) as it where it.id = case \
            when jsonb_typeof(a.changes -> '\(column)' -> \(place)) = 'number' \
            then (a.changes -> '\(column)' ->> \(place))::bigint end)
            """
        }.joined()
    }

    func html(_ rows: Rows, _ page: PageContext) throws -> HTML {
        guard rows.count > 0 else {
            return
                "<p class=\"quiet\">\(page.localized(Text("No history yet.", es: "Todavía no hay historial.")))</p>"
        }
        return "<ol class=\"history\">\(try rows.map { try entry($0, page) })</ol>"
    }

    private func entry(_ row: Row, _ page: PageContext) throws -> HTML {
        let actor = try row.text(1)
        let address = try row.text(4)
        let from: HTML? = address.isEmpty ? nil : " · \(address)"
        let request: HTML? = try row.text(5).isEmpty ? nil : " · <code>\(try row.text(5).prefix(8))</code>"
        let system = page.localized(Text("the system", es: "el sistema"))
        let who = actor.isEmpty ? system : audit.field("actor").map { page.localized($0.label(of: actor)) } ?? actor
        return """
            <li><p><strong>\(word(try row.text(2), page))</strong> · \(who)\
            <span class="quiet"> · \(SiteTime(try row.text(0)).html(page))\(from)\(request)</span></p>
            \(try diff(row).html(try row.text(3), page))</li>

            """
    }

    private func diff(_ row: Row) throws -> AuditDiff {
        var names: [String: [String?]] = [:]
        for (index, reference) in references.enumerated() {
            names[reference.column] = [
                try row.optionalText(6 + 2 * index), try row.optionalText(7 + 2 * index),
            ]
        }
        return AuditDiff(resource: table.resource, names: names)
    }

    private func word(_ action: String, _ page: PageContext) -> String {
        audit.field("action")?.word(for: action, page) ?? action
    }
}

/// `GET /admin/<table>/{id}/history/`: also of a row that is gone.
struct ShowHistory: TableHandler {
    private static let maximumRows = 200
    private let table: Table
    private let id: Int64

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        self.table = table
        id = try request.identifier()
    }

    func respond(_ page: PageContext) throws -> Response {
        let history = History(table, id)
        let results = try page.context.run([table.title(of: .number(id)), history.statement(limit: Self.maximumRows)])
        guard results[0].count + results[1].count > 0 else { throw HTTPError.notFound(table.resource.model) }
        let known = try results[0].first?.optionalText(1).map { table.word(forTitle: $0, page) } ?? ""
        // What the system did itself has nobody's name.
        let name = known.isEmpty ? "\(page.localized(table.resource.singular)) \(id)" : known
        let row = results[0].count > 0 ? [Crumb(path: table.path(of: id), label: name)] : []
        return page.admin(
            "\(page.localized(.history)): \(name)", crumbs: [table.crumb(page)] + row,
            try history.html(results[1], page))
    }
}

/// `GET /admin/<table>/{id}/photo/`: the small picture, to whoever may see the row.
struct ShowRowPhoto: TableHandler {
    private let photo: ShowPhoto

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        photo = try ShowPhoto(thumbnailOf: table.resource, request)
    }

    func respond(_ page: PageContext) throws -> Response { try photo.respond(page.context) }
}
