import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// `GET /admin/<table>/{id}/`: one row, what hangs on it, what was done to it lately.
struct ShowRow: TableHandler {
    private static let latest = 5
    private let table: Table
    private let id: Int64

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        self.table = table
        id = try request.identifier()
    }

    func respond(_ page: PageContext) throws -> Response {
        let admin = table.admin
        let actions = table.rowActions
        let cells = FieldColumns(table, admin.fieldsets.flatMap(\.fields), after: 1 + actions.count)
        let related = try admin.related.compactMap { try RelatedList($0, of: id) }
        let read = table.resource.rowStatement(
            "\(admin.title("t"))\(actions.map { ", \($0.offered ?? $0.condition ?? "true")" }.joined())\(cells.sql)",
            .number(id), name: "admin row \(admin.slug)")
        let history = History(table, id)
        let results = try page.context.run(
            [read, history.statement(limit: Self.latest)] + related.map { $0.statement })
        guard let row = results[0].first else { throw HTTPError.notFound(table.resource.model) }
        let lists = try zip(related, results.dropFirst(2)).map { try $0.html($1, page) }
        let sections = try admin.fieldsets.map { try facts($0, cells, row, page) }
        let name = try row.optionalText(0).map { table.word(forTitle: $0, page) } ?? "#\(id)"
        return page.admin(
            name.isEmpty ? page.localized(table.resource.singular) : name, crumbs: [table.crumb(page)],
            """
            \(try cells.alerts(row, page))\(try tools(actions, row, page))
            \(sections.prefix(admin.relatedAfter ?? sections.count).map { $0 })\(lists)
            \(sections.dropFirst(admin.relatedAfter ?? sections.count).map { $0 })
            <section aria-labelledby="history"><h2 id="history">\(page.localized(.history))</h2>
            \(try history.html(results[1], page))
            <p><a href="\(table.path(of: id))history/">\(page.localized(Text("Full history", es: "Todo el historial")))</a></p></section>
            """)
    }

    private func tools(_ actions: [ActionPage], _ row: Row, _ page: PageContext) throws -> HTML {
        let path = table.path(of: id)
        var tools: [HTML] = []
        if table.allows(.update) {
            tools.append("<a class=\"button\" href=\"\(path)edit/\">\(page.localized(.edit))</a>")
        }
        for (index, action) in actions.enumerated() where try row.optionalBool(index + 1) == true {
            tools.append(
                "<a class=\"button quiet\" href=\"\(path)\(action.path)\">\(page.localized(action.label ?? action.title))</a>"
            )
        }
        if table.allows(.delete) {
            tools.append("<a class=\"bad\" href=\"\(path)delete/\">\(page.localized(.delete))</a>")
        }
        return "<p class=\"tools\">\(tools)</p>"
    }

    private func facts(
        _ fieldset: AdminOptions.Fieldset, _ cells: FieldColumns, _ row: Row, _ page: PageContext
    ) throws -> HTML {
        let shown = cells.cells.filter { fieldset.fields.contains($0.field.name) && !$0.field.isAlert }
        let lines = try shown.map { cell -> HTML in
            let value = try cell.html(row, page, table.path(of: id))
            return "<div><dt>\(page.localized(cell.field.label))</dt><dd>\(value)</dd></div>"
        }
        return "<section><h2>\(page.localized(fieldset.label))</h2><dl class=\"facts\">\(lines)</dl></section>\n"
    }
}

/// The first rows of another table that hang on a row.
struct RelatedList {
    private static let size: Int64 = 5
    private let related: AdminOptions.Related
    private let table: Table
    private let cells: FieldColumns
    private let id: Int64
    let statement: Statement

    /// - Returns: nil where the table or its filter does not exist.
    init?(_ related: AdminOptions.Related, of id: Int64) throws(HTTPError) {
        guard let table = Table.named(related.slug),
            let filter = table.resource.list.filter(related.filter)
        else { return nil }
        let cells = FieldColumns(table, table.admin.columns.filter { $0 != related.filter }, after: 1)
        var conditions = WhereClause()
        _ = try filter.add(String(id), to: &conditions)
        self.related = related
        self.table = table
        self.cells = cells
        self.id = id
        statement = table.resource.rowsStatement(
            "t.id\(cells.sql)", conditions, order: table.resource.orderBy(table.resource.list.order),
            limit: Self.size + 1)
    }

    func html(_ rows: Rows, _ page: PageContext) throws -> HTML {
        let heading = "related-\(related.slug)"
        var links: [HTML] = []
        if rows.count > Self.size {
            let address = "\(table.path)?\(QueryItem.encode([QueryItem(related.filter, String(id))]))"
            links.append(
                "<a href=\"\(address)\">\(page.localized(Text("All", es: "Todos")))<span class=\"unseen\">: \(page.localized(table.resource.plural))</span></a>"
            )
        }
        if let field = related.field, table.allows(.create) {
            let address = "\(table.path)new/?\(QueryItem.encode([QueryItem(field, String(id))]))"
            links.append(
                "<a href=\"\(address)\">\(Icon.add)\(page.localized(.add(table.resource.singular)))</a>"
            )
        }
        let list: HTML =
            rows.count == 0
            ? "<p class=\"quiet\">\(page.localized(Text("None yet.", es: "Todavía no hay.")))</p>"
            : try RowTable(table, cells).html(rows.prefix(Int(Self.size)), page)
        return """
            <section aria-labelledby="\(heading)"><h2 id="\(heading)">\(page.localized(table.resource.plural))</h2>
            \(list)<p class="tools">\(links)</p></section>

            """
    }
}

extension Table {
    /// The name of a row as a person reads it: one that is a field may be a word with a translation.
    func word(forTitle title: String, _ page: PageContext) -> String {
        let field = resource.fields.first { $0.expression == admin.title("t") }
        return field?.word(for: title, page) ?? title
    }

    /// The step back to its list.
    func crumb(_ page: PageContext) -> Crumb { Crumb(path: path, label: page.localized(resource.plural)) }
}

extension Text {
    static let edit = Text("Edit", es: "Editar")
    static let delete = Text("Delete", es: "Eliminar")
    static let history = Text("History", es: "Historial")
}
