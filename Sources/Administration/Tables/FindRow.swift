import Pages
import PostgreSQL
import Resource
import Web

/// `POST /admin/<table>/find/`: the row that has the code typed, else the list narrowed by what was typed.
///
/// A code stands in no address: whoever has one may not look for it where histories and logs keep it.
struct FindRow: TableHandler {
    private let table: Table
    private let form: Form

    init(_ table: Table, _ request: Request) throws(HTTPError) {
        self.table = table
        form = try Form(request)
    }

    func respond(_ page: PageContext) throws -> Response {
        if let words = SearchWords(form.text("search")) {
            let found = try page.context.run([words.statement(page.context.keys.codes)])[0].map(SearchResult.init)
            if let row = found.first(where: { $0.isOfCode && $0.slug == table.admin.slug }) {
                return page.seeOther(table.path(of: row.id))
            }
        }
        let filters = table.resource.list.filters.flatMap { [$0.name, "\($0.name).text", "\($0.name).was"] }
        let asked = (["search", "ordering"] + filters).compactMap { name in
            form.text(name).isEmpty ? nil : QueryItem(name, form.text(name))
        }
        return page.seeOther(TableAddress.list(table, asked))
    }
}

extension Table {
    /// Whether a row is found by a code that nobody reads in the list.
    var findsByCode: Bool { resource.fields.contains { $0.kind == .code } }
}
