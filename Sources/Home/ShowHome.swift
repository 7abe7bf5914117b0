import Pages
import Web

/// `/home/`: who waits for an answer, who is inside, who comes; and the way to everything else.
struct ShowHome: PageHandler {
    private static let mostOfComing = 5

    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        try page.atHome { home in
            let visits = try HomeVisit.list(page.context)
            let today = visits.filter(\.isToday)
            let waiting = visits.filter { $0.place == .waiting }
            let numbers = waiting.map(\.id).sorted().map(String.init).joined(separator: " ")
            let lists: HTML = """
                \(Self.waiting(waiting, page))\
                \(Self.list(.inside, visits.filter { $0.place == .inside }, page))\
                <h2>\(page.localized(.today))</h2>
                \(Self.rows(today, page) ?? "<p class=\"quiet\">\(page.localized(.nobodyToday))</p>\n")\
                \(Self.list(.next, visits.filter { $0.place == .coming }, page, most: Self.mostOfComing))
                """
            return page.render(
                "\(page.localized(.myHome)) \(home.name)", module: "home.js",
                """
                <p class="tools" data-waiting="\(numbers)"><a class="button wide" href="\(HomePath.invite)">\(Icon.add)\(page.localized(.invite))</a></p>
                \(home.canHost ? nil : "<p class=\"notice\">\(page.localized(.waitsForOthers))</p>\n")\
                \(lists)<h2>\(page.localized(.more))</h2>
                <ul class="cards">\(HomeCard.all.map { $0.html(page) })</ul>
                """)
        }
    }

    private static func waiting(_ visits: [HomeVisit], _ page: PageContext) -> HTML? {
        guard !visits.isEmpty else { return nil }
        let lines = visits.map { $0.line(page, VisitDecision.buttons($0.id, page)) }
        return "<h2>\(page.localized(.waiting))</h2>\n<ul class=\"rows\">\n\(lines)</ul>\n"
    }

    private static func list(_ title: Text, _ visits: [HomeVisit], _ page: PageContext, most: Int? = nil) -> HTML? {
        rows(visits, page, most: most).map { "<h2>\(page.localized(title))</h2>\n\($0)" }
    }

    private static func rows(_ visits: [HomeVisit], _ page: PageContext, most: Int? = nil) -> HTML? {
        let lines = HomeVisit.lines(visits, page).prefix(most ?? visits.count)
        return lines.isEmpty ? nil : "<ul class=\"rows\">\n\(lines)</ul>\n"
    }
}

extension Text {
    static let invite = Text("Invite", es: "Invitar")
    static let waitsForOthers = Text(
        "You are not authorized to receive visitors: whom you invite waits for the approval of somebody who is.",
        es: "Usted no está autorizado para recibir visitas: a quien invite debe autorizarlo alguien que sí lo esté.")
    static let waiting = Text("Waiting for your answer", es: "Esperan su respuesta")
    static let inside = Text("Inside now", es: "Dentro ahora")
    static let today = Text("Today", es: "Hoy")
    fileprivate static let nobodyToday = Text("Nobody is expected today.", es: "Hoy no se espera a nadie.")
    static let next = Text("Coming next", es: "Próximas visitas")
    fileprivate static let more = Text("More", es: "Más")
}
