import Pages
import PostgreSQL
import Resource
import Web

/// `/admin/search/`: whatever of the residence has these words, that plate or this code; what is typed is posted, and the
/// results have an address that does not tell it.
struct SearchPage: FormPage {
    /// Of each table.
    private static let shown = 5
    private let request: Request

    init(_ request: Request) throws(HTTPError) {
        self.request = request
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        page.seeOther(try SearchWords(form.text("q"))?.address(page.context) ?? AdminPath.search)
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        guard let words = try SearchWords(request, page.context) else {
            return page.admin(
                .search, "\(form("", page))<p class=\"quiet\">\(page.localized(.whatIsSearched))</p>")
        }
        let found = try page.context.run([words.statement(page.context.keys.codes)])[0].map(SearchResult.init)
        // A code that is right is not shown again.
        let isCode = found.contains { $0.isOfCode }
        let groups = Table.all.compactMap { table in
            group(table, found.filter { $0.slug == table.admin.slug }, isCode ? nil : words, page)
        }
        let none: HTML = """
            <p role="status">\(page.localized(.nothingFound))</p><p class="quiet">\(page.localized(.whatIsSearched))</p>
            """
        return page.admin(
            .search,
            """
            \(form(isCode ? "" : words.text, page))
            \(groups.isEmpty ? none : HTML(groups))
            """)
    }

    private func form(_ text: String, _ page: PageContext) -> HTML {
        PageForm(
            AdminPath.search, [FormField("q", .searchEverywhere, .search, [text], required: false)], submit: .search,
            look: .line
        ).html(page)
    }

    private func group(
        _ table: Table, _ results: [SearchResult], _ words: SearchWords?, _ page: PageContext
    ) -> HTML? {
        guard !results.isEmpty else { return nil }
        var more: HTML?
        if results.count > Self.shown, let words, !table.resource.list.search.fields.isEmpty {
            let path = "\(table.path)?\(QueryItem.encode([QueryItem("search", words.text)]))"
            more = """
                <p class="file"><a href="\(path)">\(page.localized(.allOfThem))<span class="unseen">: \
                \(page.localized(table.resource.plural))</span></a></p>
                """
        }
        return """
            <section><h2>\(page.localized(table.resource.plural))</h2>
            <ul class="hits">
            \(results.prefix(Self.shown).map { $0.html(table, page) })</ul>\(more)</section>

            """
    }
}

extension Text {
    fileprivate static let search = Text("Search", es: "Buscar")
    fileprivate static let nothingFound = Text("Nothing was found.", es: "No se encontró nada.")
    fileprivate static let allOfThem = Text("Show all", es: "Mostrar todo")
    fileprivate static let whatIsSearched = Text(
        "Search for a name, document, phone, unit (A-101), license plate or code. Accents and capital"
            + " letters do not matter.",
        es: "Busque un nombre, una identificación, un teléfono, una unidad (A-101), unas placas o un código."
            + " No importan los acentos ni las mayúsculas.")
}
