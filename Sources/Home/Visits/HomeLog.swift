import AccessLogs
import Pages
import PostgreSQL
import Vocabulary
import Web

/// What happened at the gates, in plain words.
struct HomeLog {
    /// Lines of a page of the log.
    static let pageSize = 50

    /// Microseconds since 1970, by which the page before begins.
    let moment: Int64
    private let at: SiteTime
    private let person: String
    private let gate: String
    private let direction: Direction?
    private let isGranted: Bool
    private let reasons: [Reason]

    private init(_ row: Row) throws {
        moment = try row.integer(0)
        at = SiteTime(try row.text(1))
        person = try row.text(2)
        gate = try row.text(3)
        direction = Direction(rawValue: try row.text(4))
        isGranted = try row.text(5) == "SUCCESS"
        reasons = try row.textArray(6).map(Reason.named)
    }

    private static let columns =
        "select (extract(epoch from l.\"timestamp\") * 1000000)::bigint, l.\"timestamp\"::text, l.person_name,"
        + " coalesce(l.access_point_name, ''), l.access_type, l.status, l.reasons from garita.access_logs as l"

    /// Those of one visit, the last first.
    static func ofVisit(_ id: Int64, _ context: Context) throws -> [HomeLog] {
        try context.run([
            Statement(
                "\(columns) where l.visitor_id = $1 order by l.\"timestamp\" desc, l.id desc limit \(pageSize)",
                name: "log of a visit", parameters: [.integer(id)])
        ])[0].map(HomeLog.init)
    }

    /// Those of the home, the last first.
    ///
    /// - Parameter moment: only those before; nil for the last ones.
    static func ofHome(_ unit: Int64, before moment: Int64?, _ context: Context) throws -> [HomeLog] {
        try context.run([
            Statement(
                "\(columns) where l.unit_id = $1"
                    + " and l.\"timestamp\" < coalesce('epoch'::timestamptz + $2 * interval '1 microsecond', 'infinity')"
                    + " order by l.\"timestamp\" desc, l.id desc limit \(pageSize)",
                name: "log of a home", parameters: [.integer(unit), .optionalInteger(moment)])
        ])[0].map(HomeLog.init)
    }

    /// - Parameter title: a heading above them; nil for none.
    static func html(_ lines: [HomeLog], _ page: PageContext, titled title: Text? = nil) -> HTML? {
        guard !lines.isEmpty else { return nil }
        let heading: HTML? = title.map { "<h2>\(page.localized($0))</h2>\n" }
        return "\(heading)<ul class=\"rows\">\n\(lines.map { $0.html(page) })</ul>\n"
    }

    private func html(_ page: PageContext) -> HTML {
        let way = direction.map { page.localized($0.label) } ?? ""
        let badge: HTML =
            isGranted
            ? "<span class=\"badge good\">\(way)</span>"
            : "<span class=\"badge bad\">\(page.localized(Text("Refused", es: "No se permitió")))</span>"
        let why = reasons.map { page.localized($0.text) }
        let facts = ([gate] + (isGranted ? [] : [way] + why)).filter { !$0.isEmpty }
        return """
            <li><div><strong>\(person)</strong><br><span class="quiet">\(at.html(page)) · \(facts.joined(separator: " · "))</span></div>\(badge)</li>

            """
    }
}

/// `/home/log/`: who came to the home, when, at which gate.
struct ShowLog: PageHandler {
    private let before: Int64?

    init(_ request: Request) throws(HTTPError) {
        before = request.queryValue("before").flatMap { WholeNumber.read($0, in: WholeNumber.identifiers) }
    }

    func respond(_ page: PageContext) throws -> Response {
        try page.atHome { home in
            let lines = try HomeLog.ofHome(home.unit, before: before, page.context)
            let older: HTML? =
                lines.count < HomeLog.pageSize
                ? nil
                : lines.last.map { last in
                    """
                    <p><a href="\(HomePath.log(before: last.moment))">\(page.localized(Text("Earlier", es: "Anteriores")))</a></p>

                    """
                }
            return page.homePage(
                page.localized(Text("Entries and exits", es: "Entradas y salidas")),
                "\(HomeLog.html(lines, page) ?? "<p class=\"quiet\">\(page.localized(.noEntries))</p>\n")\(older)")
        }
    }
}

extension Text {
    fileprivate static let noEntries = Text(
        "Nobody has come to your home yet.", es: "Aún no ha venido nadie a su casa.")
}
