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
        let found = try page.context.run([
            list.statement(words: words, limit: GateList.all), Self.now, GateShift.statement,
        ])
        let visits = try GateVisits(list, found[0], at: GateShift.directions(found[2]))
        let search = PageForm(
            GatePath.list(list),
            [
                FormField(
                    "q", Text("Name, unit or plate", es: "Nombre, unidad o placas"), .search, [words], required: false)
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
        let homes = byHome.sorted { NaturalOrder($0.key) < NaturalOrder($1.key) }
        return HTML(
            homes.map { home, here -> HTML in
                let people = here.reduce(0) { $0 + 1 + $1.companions }
                let count = page.localized(.people(people))
                let rows = here.map { $0.html(list, at: visits.directions, page) }
                return """
                    <section class="home"><h2>\(home) <span class="badge">\(count)</span></h2>
                    <ul class="rows ticks">\n\(rows)</ul></section>

                    """
            })
    }

    /// When the list was true, which paper must say.
    private static let now = Statement("select now()::text", name: "now")
}

/// Names of homes as people sort them: by building, then A-9 before A-101.
struct NaturalOrder: Comparable {
    private let parts: [(text: Substring, length: Int, digits: Substring)]

    init(_ name: String) {
        var parts: [(text: Substring, length: Int, digits: Substring)] = []
        var rest = name[...]
        while !rest.isEmpty {
            let text = rest.prefix { !("0"..."9").contains($0) }
            let digits = rest.dropFirst(text.count).prefix { ("0"..."9").contains($0) }
            parts.append((text, digits.count, digits))
            rest = rest[digits.endIndex...]
        }
        self.parts = parts
    }

    static func < (left: Self, right: Self) -> Bool { left.parts.lexicographicallyPrecedes(right.parts, by: <) }
    static func == (left: Self, right: Self) -> Bool { left.parts.elementsEqual(right.parts, by: ==) }
}

extension Text {
    /// `3 people`.
    static func people(_ count: Int64) -> Text {
        Text("\(count) \(count == 1 ? "person" : "people")", es: "\(count) \(count == 1 ? "persona" : "personas")")
    }

    static let console = Text("Back to the gate", es: "Volver a la caseta")
    static let print = Text("Print", es: "Imprimir")
}
