import Pages
import PostgreSQL
import Web

/// `/gate/expected/`, `/gate/waiting/`, `/gate/inside/`: all of a list, to look through and to print.
struct ShowGateList {
    private let list: GateList
    private let words: String

    init(_ list: GateList, _ request: Request) throws(HTTPError) {
        self.list = list
        words = request.queryValue("q") ?? ""
    }

    func respond(_ page: PageContext) throws -> Response {
        let found = try page.context.run([list.statement(words: words, limit: GateList.all), Self.now])
        let visits = try GateVisits(list, found[0])
        let search = PageForm(
            GatePath.list(list),
            [
                FormField(
                    "q", Text("Name, home or plate", es: "Nombre, unidad o placas"), .search, [words], required: false)
            ],
            submit: Text("Search", es: "Buscar"), look: .line, method: .get)
        let count = visits.shown.isEmpty ? page.localized(list.nobody) : visits.count(page)
        return page.gate(
            list.title,
            """
            <p class="tools"><a href="\(GatePath.console)">\(page.localized(.console))</a>\
            <button type="button" class="quiet" data-print hidden>\(page.localized(.print))</button></p>
            \(search.html(page))
            <p>\(count) <span class="quiet">\(SiteTime(try found[1].single().text(0)).html(page))</span></p>
            \(list == .inside ? homes(visits, page) : visits.rows(page))
            \(VisitSteps.form(page))
            """)
    }

    /// Those inside by home, each with a box to tick on paper: who is still to be found.
    private func homes(_ visits: GateVisits, _ page: PageContext) -> HTML {
        let byHome = Dictionary(grouping: visits.shown, by: \.unitName)
        let homes = byHome.keys.sorted { ($0.count, $0) < ($1.count, $1) }
        return HTML(
            homes.map { home -> HTML in
                let rows = (byHome[home] ?? []).map { $0.html(list, page) }
                return "<section class=\"home\"><h2>\(home)</h2><ul class=\"rows ticks\">\n\(rows)</ul></section>\n"
            })
    }

    /// When the list was true, which paper must say.
    private static let now = Statement("select now()::text", name: "now")
}

extension Text {
    static let console = Text("Back to the gate", es: "Volver a la caseta")
    static let print = Text("Print", es: "Imprimir")
}
