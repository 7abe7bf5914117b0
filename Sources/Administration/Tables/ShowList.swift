import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// `GET /admin/<table>/`: the rows of a filter, 25 at a time.
struct ShowList: TableHandler {
    private let list: TableList

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        list = try TableList(table, request)
    }

    func respond(_ page: PageContext) throws -> Response {
        let table = list.table
        if let typed = NamedFilter(list) { return try typed.respond(page) }
        if list.unboundedSearch != nil, let dates = table.admin.dates { return try searchOfLately(dates, page) }
        let cells = FieldColumns(table, table.admin.columns, after: 1)
        let filters = FilterForm(list)
        let dates = DateHierarchy(list)
        let statements = try list.statements(cells, page.context)
        let results = try page.context.run(
            [statements.count, statements.rows] + filters.statements + (dates.map { [$0.statement] } ?? []))
        let total = try statements.total(results[0])
        try statements.refreshIfStale(results[0], page.context)
        let options = Array(results[2..<(2 + filters.statements.count)])
        return page.admin(
            table.resource.plural,
            """
            \(tools(page))\(unknown(page))\(try filters.html(options, page))\(bound(page))\(try dates?.html(results[results.count - 1], page))
            \(try rows(results[1], cells, page))
            \(leaf(statements, total, results[1].count, page))
            """)
    }

    /// Words are looked for row by row: in a log of years that takes long, and mostly it is about the last month.
    private func searchOfLately(_ dates: AdminOptions.DateFilters, _ page: PageContext) throws -> Response {
        let rows = try page.context.run([Statement("select (current_date - 30)::text", name: "a month ago")])
        return page.seeOther(
            list.address((dates.from, try rows[0].single().text(0))),
            notice: Text(
                "Showing the last 30 days. Choose an earlier first day to search further back.",
                es: "Se muestran los últimos 30 días. Elija un primer día anterior para buscar más atrás."))
    }

    /// What the address asks for and the list does not have: nobody should take all rows for some.
    private func unknown(_ page: PageContext) -> HTML? {
        let names = list.unknownNames
        guard !names.isEmpty else { return nil }
        let quoted = names.map { "“\($0)”" }.joined(separator: ", ")
        let words = Text(
            "The list is not filtered by \(quoted): there is no such filter.",
            es: "La lista no se filtra por \(quoted): no existe ese filtro.")
        return "<p class=\"quiet\">\(page.localized(words))</p>\n"
    }

    /// How far a search of a large table goes.
    private func bound(_ page: PageContext) -> HTML? {
        guard let bound = list.table.resource.list.search.bound, list.query.isBounded else { return nil }
        return "<p class=\"quiet\">\(page.localized(bound.notice))</p>\n"
    }

    private func tools(_ page: PageContext) -> HTML {
        let table = list.table
        var tools: [HTML] = []
        if table.allows(.create) || table.admin.hasCustomCreatePage {
            let label = page.localized(table.admin.createLabel ?? .add(table.resource.singular))
            tools.append("<a class=\"button\" href=\"\(table.path)new/\">\(Icon.add)\(label)</a>")
        }
        if table.isImportable {
            tools.append(
                "<a href=\"\(table.path)import/\">\(page.localized(Text("Import CSV", es: "Importar CSV")))</a>")
        }
        if table.allows(.export) {
            for file in ListFile.allCases {
                let address = list.address(("format", file.rawValue), of: "\(table.path)export/")
                tools.append("<a href=\"\(address)\" download>\(page.localized(file.downloadLabel))</a>")
            }
        }
        return "<p class=\"tools\">\(tools)</p>\n"
    }

    private func rows(_ rows: Rows, _ cells: FieldColumns, _ page: PageContext) throws -> HTML {
        guard rows.count > 0 else {
            return EmptyList(list: list).html(page)
        }
        let actions = list.table.bulkActions
        let drawn = try RowTable(list.table, cells, isSelectable: !actions.isEmpty, list).html(
            rows.prefix(Int(TableList.size)), page)
        guard !actions.isEmpty else { return drawn }
        let buttons = actions.map { action -> HTML in
            "<button class=\"\(action.isDestructive ? "bad" : "quiet")\" name=\"action\" value=\"\(action.name)\"\(" data-file", if: action.sql.isEmpty)>\(page.localized(action.label))</button>"
        }
        let kept = list.narrowing.map { item -> HTML in
            "<input type=\"hidden\" name=\"filter.\(item.name)\" value=\"\(item.value)\">"
        }
        let everything = page.localized(
            Text(
                "Everything in this list, not only what is selected",
                es: "Todo lo de esta lista, no solo lo seleccionado"))
        return """
            <form method="post" action="\(list.table.path)bulk/" class="several">\(page.layout.formToken)\(kept)
            \(drawn)
            <fieldset class="actions"><legend>\(page.localized(Text("With selected", es: "Acciones para los seleccionados")))</legend>
            <label class="check"><input type="checkbox" name="everything" value="yes">\(everything)</label>
            <div>\(buttons)</div></fieldset></form>
            """
    }

    /// To and fro, and how many there are.
    private func leaf(_ statements: ListStatements, _ total: Int64?, _ rows: Int, _ page: PageContext) -> HTML {
        let known = statements.readsPageOnly ? total : nil
        let isBehind = known.map { $0 > list.page * TableList.size } ?? (rows > TableList.size)
        let isMore = isBehind && list.page * TableList.size < TableList.counted
        let previous: HTML? =
            list.page > 1
            ? "<a rel=\"prev\" href=\"\(list.address(("page", list.page > 2 ? String(list.page - 1) : nil)))\">← \(page.localized(Text("Previous", es: "Anterior")))</a>"
            : nil
        let next: HTML? =
            isMore
            ? "<a rel=\"next\" href=\"\(list.address(("page", String(list.page + 1))))\">\(page.localized(Text("Next", es: "Siguiente"))) →</a>"
            : nil
        let narrow: HTML? =
            isBehind && !isMore
            ? "<span>\(page.localized(Text("To see more, filter the list.", es: "Para ver más, filtre la lista.")))</span>"
            : nil
        return """
            <nav class="leaf" aria-label="\(page.localized(Text("Pages of the list", es: "Páginas de la lista")))">\(previous)\
            <span>\(place(total, isExact: statements.isExact, rows, page))</span>\(narrow)\(next)</nav>
            """
    }

    /// `1–25 of 1,204 · page 1 of 49`, as far as it is known.
    private func place(_ total: Int64?, isExact: Bool, _ rows: Int, _ page: PageContext) -> String {
        let first = (list.page - 1) * TableList.size + 1
        let shown = Int64(min(rows, Int(TableList.size)))
        guard shown > 0 || total == 0 else {
            return page.localized(Text("Page \(list.page)", es: "Página \(list.page)"))
        }
        let span = "\(first.grouped)–\((first + shown - 1).grouped)"
        guard let total else { return page.localized(Text("Records \(span)", es: "Registros \(span)")) }
        // As far as a list is leafed through; how many there are beyond is known of some.
        guard total <= TableList.counted else {
            let most = TableList.counted.grouped
            return page.localized(
                isExact
                    ? Text("\(span) of \(total.grouped)", es: "\(span) de \(total.grouped)")
                    : Text("\(span) of more than \(most)", es: "\(span) de más de \(most)"))
        }
        guard total > TableList.size else {
            return page.localized(
                total == 1 ? Text("1 record", es: "1 registro") : Text("\(total) records", es: "\(total) registros"))
        }
        let pages = ((total + TableList.size - 1) / TableList.size).grouped
        return page.localized(
            Text(
                "\(span) of \(total.grouped) · page \(list.page) of \(pages)",
                es: "\(span) de \(total.grouped) · página \(list.page) de \(pages)"))
    }
}

/// Rows under the headings of their fields; cards on a phone.
struct RowTable {
    private let table: Table
    private let cells: FieldColumns
    private let isSelectable: Bool
    /// For the headings that order the list; nil where it is part of another page.
    private let list: TableList?

    init(_ table: Table, _ cells: FieldColumns, isSelectable: Bool = false, _ list: TableList? = nil) {
        self.table = table
        self.cells = cells
        self.isSelectable = isSelectable
        self.list = list
    }

    func html(_ rows: some Sequence<Row>, _ page: PageContext) throws -> HTML {
        let select: HTML? =
            isSelectable
            ? "<th scope=\"col\" class=\"tick\" data-all=\"\(page.localized(.selectAll))\"><span class=\"unseen\">\(page.localized(Text("Select", es: "Seleccionar")))</span></th>"
            : nil
        return """
            <div class="scroll"><table class="rows-table">\
            <thead><tr>\(select)\(cells.cells.map { heading($0.field, page) })</tr></thead>
            <tbody>\(try rows.map { try line($0, page) })</tbody></table></div>
            """
    }

    private func heading(_ field: Field, _ page: PageContext) -> HTML {
        let label = page.localized(field.label)
        // A reference is ordered by its name, where a field beside it has that.
        let key = [field.name, "\(field.name)_display"].first(where: table.resource.list.orderable.contains)
        guard let list, let key else { return "<th scope=\"col\"\(amount(field))>\(label)</th>" }
        let order = list.query.order(for: .administrator).first
        let isHere = order?.field == key
        let isDown = isHere && order?.isDescending == true
        let sort: HTML? = isHere ? " aria-sort=\"\(isDown ? "descending" : "ascending")\"" : nil
        let address = list.address(("ordering", isHere && !isDown ? "-\(key)" : key))
        let arrow: HTML? = isHere ? " <span aria-hidden=\"true\">\(isDown ? "↓" : "↑")</span>" : nil
        return "<th scope=\"col\"\(amount(field))\(sort)><a href=\"\(address)\">\(label)\(arrow)</a></th>"
    }

    /// Numbers to compare stand right below each other.
    private func amount(_ field: Field) -> HTML? {
        switch field.kind {
        case .integer where field.flags.isEmpty, .decimal: " class=\"amount\""
        default: nil
        }
    }

    private func line(_ row: Row, _ page: PageContext) throws -> HTML {
        let id = try row.integer(0)
        let path = table.path(of: id)
        let drawn = try cells.cells.enumerated().map { index, cell -> HTML in
            let value = try cell.html(row, page)
            let label = page.localized(cell.field.label)
            guard index == 0 else { return "<td data-label=\"\(label)\"\(amount(cell.field))>\(value)</td>" }
            return "<th scope=\"row\" data-label=\"\(label)\"><a href=\"\(path)\">\(value)</a></th>"
        }
        let name: HTML = "\(page.localized(Text("Select", es: "Seleccionar"))) \(id)"
        let box: HTML? =
            isSelectable
            ? "<td class=\"tick\"><input type=\"checkbox\" name=\"row\" value=\"\(id)\" aria-label=\"\(name)\"></td>"
            : nil
        return "<tr>\(box)\(drawn)</tr>\n"
    }
}

extension Text {
    fileprivate static let selectAll = Text("Select all on this page", es: "Seleccionar todos los de esta página")
}
