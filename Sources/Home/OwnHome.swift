import Pages
import PostgreSQL
import Web

/// The home of the resident who looks, and what the resident may do there.
struct OwnHome {
    /// The number of the resident.
    let resident: Int64
    let unit: Int64
    /// As people say it: `A-101`.
    let name: String
    /// Whether a visit may rest on the word of this resident.
    let canHost: Bool
    /// `OWNER`, `TENANT` or `FAMILY`.
    let residentType: String
    /// Today where the home stands, as SQL writes a day.
    let today: String
    /// Today of next year: the last day for which anybody may be invited.
    let latest: String

    /// Whether this resident may say who lives in the home.
    var isHead: Bool { canHost && residentType != "FAMILY" }

    /// No row for an account without a home, or whose resident has moved out.
    private static let statement = Statement(
        "select r.id, r.unit_id, b.code || '-' || u.number, garita.can_host(r.id, r.unit_id), r.resident_type,"
            + " current_date::text, (current_date + interval '1 year')::date::text"
            + " from garita.residents as r join garita.units as u on u.id = r.unit_id"
            + " join garita.buildings as b on b.id = u.building_id where r.user_id = garita.current_user_id()",
        name: "own home")

    private init(_ row: Row) throws {
        resident = try row.integer(0)
        unit = try row.integer(1)
        name = try row.text(2)
        canHost = try row.bool(3)
        residentType = try row.text(4)
        today = try row.text(5)
        latest = try row.text(6)
    }

    static func find(_ page: PageContext) throws -> OwnHome? {
        try page.context.run([statement])[0].first.map(OwnHome.init)
    }
}

extension PageContext {
    /// An answer for who lives in a home; whoever has none is told so.
    func atHome(_ answer: (OwnHome) throws -> Response) throws -> Response {
        guard let home = try OwnHome.find(self) else { return render(Text.noHome, "<p>\(localized(.askForHome))</p>") }
        return try answer(home)
    }

    /// A page of this room, with a link back to its first one.
    func homePage(
        _ title: String, status: Int = 200, module: String? = nil, below crumb: (path: String, name: Text)? = nil,
        _ content: HTML
    ) -> Response {
        let crumbs = [(path: HomePath.home, name: Text.myHome)] + (crumb.map { [$0] } ?? [])
        let links = crumbs.map { "<li><a href=\"\($0.path)\">\(localized($0.name))</a></li>" as HTML }
        return render(
            title, status: status,
            above: "<nav class=\"way\" aria-label=\"\(localized(.wayHere))\"><ol>\(links)</ol></nav>\n", module: module,
            content)
    }
}

extension Text {
    static let myHome = Text("My home", es: "Mi casa")
    fileprivate static let wayHere = Text("Where this page is", es: "Dónde está esta página")
    fileprivate static let noHome = Text("No home yet", es: "Aún no tiene casa asignada")
    fileprivate static let askForHome = Text(
        "Your account is not linked to a home of this community, or your stay here has ended. If you live here, ask the"
            + " administration to link your account to your home.",
        es:
            "Su cuenta no está ligada a ninguna casa de este residencial, o su estancia aquí terminó. Si usted vive aquí,"
            + " pida a la administración que ligue su cuenta a su casa.")
}
