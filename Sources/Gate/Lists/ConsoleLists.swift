import Pages
import PostgreSQL
import Vocabulary
import Web

/// What stands below the box of the console: who is expected, who waits, who is inside.
///
/// Its script asks for the lists again every few seconds (web/static/gate-lists.js).
enum ConsoleLists {
    static func html(_ page: PageContext, _ shift: GateShift) throws -> HTML {
        """
        \(VisitSteps.form(page))
        <p class="notice bad" id="lists-stale" role="status" hidden>\(Icon.warning)\(page.localized(Self.areOld))</p>
        <div id="lists" data-live="\(GatePath.live)" data-feed="\(Feed.name(of: page))">
        \(try html(page.context.run(statements), at: shift.directions, page))</div>
        \(page.script("gate-lists.js"))
        """
    }

    /// What the lists are drawn from.
    static let statements =
        shown.map { $0.statement() } + [StandingOrders.unread, DoorNotices.troubles, DoorNotices.emergency]

    private static let shown: [GateList] = [.waiting, .expected, .inside]

    /// The lists alone: the same for all who watch the same gate in the same language, so nothing in them is of one person.
    ///
    /// - Parameters:
    ///   - found: the answers to ``statements``.
    ///   - directions: which ways the gate is for.
    static func html(_ found: some Collection<Rows>, at directions: [Direction], _ page: PageContext) throws -> HTML {
        let lists = try zip(shown, found).map { try GateVisits($0, $1, at: directions) }
        let orders = try found.dropFirst(shown.count).first.flatMap { try StandingOrders.banner($0, page) }
        let doors = try DoorNotices.html(found.dropFirst(shown.count + 1), page)
        return "\(doors)\(orders)\(jumps(lists, page))\(lists.map { $0.html(page) })"
    }

    /// How many there are of each, with a way down to it.
    private static func jumps(_ lists: [GateVisits], _ page: PageContext) -> HTML {
        let links = lists.map { one -> HTML in
            """
            <li><a href="#\(one.list.rawValue)">\(page.localized(one.list.shortTitle)) \(one.visits)</a></li>

            """
        }
        let label = page.localized(Text("Visits", es: "Visitas"))
        return "<nav class=\"jumps\" aria-label=\"\(label)\"><ul class=\"chips\">\n\(links)</ul></nav>\n"
    }

    private static let areOld = Text(
        "These lists are no longer up to date: there is no connection, or the session or the shift has ended. Reload the page.",
        es: "Estas listas ya no están al día: no hay conexión, o terminó la sesión o el turno. Recargue la página.")
}

extension GateVisits {
    /// The list under its heading, with a way to all of it.
    func html(_ page: PageContext) -> HTML {
        let more: HTML? =
            visits > shown.count
            ? "<p><a href=\"\(GatePath.list(list))\">\(page.localized(.showAll)) (\(visits))</a></p>" : nil
        return """
            <section class="visits" id="\(list.rawValue)"><h2><a href="\(GatePath.list(list))">\(page.localized(list.title))</a></h2>
            <p class="quiet">\(shown.isEmpty ? page.localized(list.nobody) : count(page))</p>
            \(rows(page))\(more)</section>

            """
    }

    /// The rows alone.
    func rows(_ page: PageContext) -> HTML? {
        shown.isEmpty ? nil : "<ul class=\"rows\">\n\(shown.map { $0.html(list, at: directions, page) })</ul>\n"
    }

    /// `12 people in 7 visits`.
    func count(_ page: PageContext) -> String {
        let said = page.localized(.count(people, in: visits))
        return list == .inside ? "\(said). \(page.localized(.withoutResidents))" : said
    }
}

extension Text {
    /// `12 people in 7 visits`.
    static func count(_ people: Int64, in visits: Int64) -> Text {
        Text(
            "\(people) \(people == 1 ? "person" : "people") in \(visits) \(visits == 1 ? "visit" : "visits")",
            es: "\(people) \(people == 1 ? "persona" : "personas") en \(visits) \(visits == 1 ? "visita" : "visitas")")
    }

    static let walkIn = Text("Visitor without notice", es: "Visita sin aviso")
    static let shift = Text("Shift", es: "Turno")
    fileprivate static let showAll = Text("Show all", es: "Ver todas")
    fileprivate static let withoutResidents = Text("Residents are not counted.", es: "No se cuenta a los residentes.")
}
