import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

extension Table {
    /// What its list offers for several rows at once; where rows may be exported, also the ticked ones.
    var bulkActions: [AdminOptions.BulkAction] {
        admin.bulkActions + (allows(.export) ? ListFile.allCases.map(\.bulkAction) : [])
    }
}

extension ListFile {
    /// What a person clicks who wants it.
    var downloadLabel: Text {
        switch self {
        case .csv: Text("Download CSV", es: "Descargar CSV")
        case .xlsx: Text("Download Excel", es: "Descargar Excel")
        }
    }

    fileprivate var bulkAction: AdminOptions.BulkAction {
        AdminOptions.BulkAction("export_\(rawValue)", downloadLabel, sql: "")
    }
}

/// `POST /admin/<table>/bulk/`: asks first, with the names of the rows; then does it to all of them or to none.
///
/// What is carried from the question to the deed are the ticked numbers or the filter; the answer tells how many rows
/// really changed.
struct PerformBulkAction: TableHandler {
    private static let maximumRows: Int64 = 10_000
    private static let named = 20
    private let table: Table
    private let action: AdminOptions.BulkAction
    private let rows: [Int64]
    /// What the list was narrowed by, and is again afterwards.
    private let narrowing: [QueryItem]
    /// The filter whose rows are all meant; nil for the ticked ones.
    private let filter: [QueryItem]?
    private let query: ListQuery
    private let isSure: Bool

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        let form = try Form(request)
        guard let action = table.bulkActions.first(where: { $0.name == form.text("action") }) else { throw .notFound() }
        let filters = (["search"] + table.resource.list.filters.map(\.name)).compactMap { name in
            form.text("filter.\(name)").isEmpty ? nil : QueryItem(name, form.text("filter.\(name)"))
        }
        self.table = table
        self.action = action
        rows = form.texts("row").compactMap { WholeNumber.read($0, in: WholeNumber.identifiers) }
        narrowing = filters
        filter = form.text("everything") == "yes" ? filters : nil
        query = try ListQuery(table.resource, rows: filter == nil ? rows : nil) { [filter] name in
            filter?.first { $0.name == name }?.value
        }
        isSure = form.text("sure") == "yes"
    }

    func respond(_ page: PageContext) throws -> Response {
        guard filter != nil || !rows.isEmpty else {
            return page.seeOther(table.path, notice: Text("Nothing was selected.", es: "No seleccionó nada."))
        }
        if let file = ListFile.allCases.first(where: { $0.bulkAction.name == action.name }) {
            return try table.export(query, as: file, page)
        }
        if action == .createAccounts, isSure {
            let sheet = try page.context.transaction { context in
                try InvitationSheet(for: try numbers(context), of: table, context)
            }
            return sheet.response(page)
        }
        return isSure ? try perform(page) : try ask(page)
    }

    private func perform(_ page: PageContext) throws -> Response {
        let (changed, meant) = try page.context.transaction { context in
            let meant = try numbers(context)
            let changed = try context.run([Statement(action.sql, parameters: [.integerArray(meant)])])[0].count
            return (changed, meant.count)
        }
        return page.seeOther(
            TableAddress.list(table, narrowing),
            notice: Text(
                "\(action.label.english): done for \(changed) of \(meant).",
                es: "\(action.label.spanish): hecho en \(changed) de \(meant)."))
    }

    /// The ticked rows that still exist, or all of the filter.
    private func numbers(_ context: Context) throws -> [Int64] {
        try select("t.id", context).map { try $0.integer(0) }
    }

    private func select(_ what: String, _ context: Context) throws -> Rows {
        let conditions = try query.conditions(context)
        return try context.run([
            table.resource.rowsStatement(
                what, conditions, order: table.resource.orderBy([]), limit: Self.maximumRows)
        ])[0]
    }

    private func ask(_ page: PageContext) throws -> Response {
        let found = try select(table.choiceTitle, page.context)
        let names = try found.prefix(Self.named).map { "<li>\(try $0.optionalText(0) ?? "–")</li>" as HTML }
        let rest = found.count - names.count
        let more: HTML? = rest > 0 ? "<li>\(page.localized(Text("and \(rest) more", es: "y \(rest) más")))</li>" : nil
        let question = page.localized(.rowsMeant(found.count))
        let ticked = filter == nil ? rows : []
        let kept: [HTML] =
            narrowing.map { "<input type=\"hidden\" name=\"filter.\($0.name)\" value=\"\($0.value)\">" }
            + ticked.map { "<input type=\"hidden\" name=\"row\" value=\"\($0)\">" }
        let everything: HTML? = filter == nil ? nil : "<input type=\"hidden\" name=\"everything\" value=\"yes\">"
        return page.admin(
            action.label, crumbs: [table.crumb(page)],
            """
            \(action.about.map { "<p>\(page.localized($0))</p>" as HTML })<p>\(question)</p><ul>\(names)\(more)</ul>
            <form method="post" action="\(table.path)bulk/">\(page.layout.formToken)\(kept)\(everything)
            <input type="hidden" name="sure" value="yes">
            <p class="tools"><button name="action" value="\(action.name)"\(" class=\"bad\"", if: action.isDestructive)>\
            \(page.localized(action.label))</button> <a href="\(TableAddress.list(table, narrowing))">\(page.localized(Text("Cancel", es: "Cancelar")))</a></p></form>
            """)
    }
}

/// Addresses of lists.
enum TableAddress {
    static func list(_ table: Table, _ filters: [QueryItem]) -> String {
        filters.isEmpty ? table.path : "\(table.path)?\(QueryItem.encode(filters))"
    }
}

extension Text {
    fileprivate static func rowsMeant(_ count: Int) -> Text {
        count == 1
            ? Text("This applies to 1 record:", es: "Se aplicará a 1 registro:")
            : Text("This applies to \(count) records:", es: "Se aplicará a \(count) registros:")
    }
}
