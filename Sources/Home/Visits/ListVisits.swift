import Pages
import Web

/// `/home/visits/`: those to come, those that come every week, those of the last thirty days; found by name.
struct ListVisits: PageHandler {
    private let words: String

    init(_ request: Request) throws(HTTPError) {
        words = String(
            (request.queryValue("q") ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(100))
    }

    func respond(_ page: PageContext) throws -> Response {
        try page.atHome { _ in
            let visits = try HomeVisit.list(page.context, named: words.isEmpty ? nil : words)
            let search = PageForm(
                HomePath.visits, [FormField("q", Text("Name", es: "Nombre"), .search, [words], required: false)],
                submit: Text("Search", es: "Buscar"), look: .line, method: .get)
            let sections = Self.sections.map { section -> HTML? in
                let some = visits.filter(section.holds)
                guard !some.isEmpty else { return nil }
                return """
                    <h2>\(page.localized(section.title))</h2>
                    <ul class="rows">
                    \(words.isEmpty ? HomeVisit.lines(some, page) : some.map { $0.line(page) })</ul>

                    """
            }
            let none: HTML? = visits.isEmpty ? "<p class=\"empty\">\(page.localized(.noVisits))</p>\n" : nil
            return page.homePage(
                page.localized(.visits),
                """
                <p class="tools"><a class="button" href="\(HomePath.invite)">\(Icon.add)\(page.localized(.invite))</a></p>
                \(search.html(page))\(sections.compactMap(\.self))\(none)
                """)
        }
    }

    private static let sections: [(title: Text, holds: @Sendable (HomeVisit) -> Bool)] = [
        (.waiting, { $0.place == .waiting }), (.inside, { $0.place == .inside }), (.today, { $0.place == .today }),
        (.next, { $0.place == .coming }),
        // Whoever comes every week is found here at any time, inside or not.
        (
            Text("Frequent visits", es: "Visitas frecuentes"),
            { $0.place == .recurring || $0.place == .inside && $0.pass?.isLive == true && $0.pass?.hours != nil }
        ),
        (Text("Past", es: "Anteriores"), { $0.place == .past }),
    ]
}

extension Text {
    fileprivate static let noVisits = Text("No visits.", es: "No hay visitas.")
}
