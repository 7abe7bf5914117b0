import Pages
import PostgreSQL
import Residents
import Resource
import Web

/// `/gate/units/{id}/`: who lives in a home, who is expected there, who waits and who is inside.
struct ShowUnit: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let lists: [GateList] = [.waiting, .expected, .inside]
        let found = try page.context.run(
            [Self.unit(id), Self.residents(id), GateShift.statement]
                + lists.map { $0.statement(unit: id, limit: GateList.all) })
        guard let unit = found[0].first else { throw HTTPError.notFound(units.model) }
        let directions = try GateShift.directions(found[2])
        let visits = try zip(lists, found.dropFirst(3)).map { try GateVisits($0, $1, at: directions).html(page) }
        let notes: HTML? = try HTML.unlessEmpty(unit.text(1)).map { "<p class=\"notice\">\($0)</p>\n" }
        return page.gate(
            try unit.text(0),
            """
            \(VisitSteps.form(page))\(notes)
            <p class="tools"><a class="button" href="\(WalkInPage.path(nil, id))">\(Icon.add)\(page.localized(.walkIn))</a>\
            <a href="\(GatePath.console)">\(page.localized(.console))</a></p>
            <h2>\(page.localized(Text("Residents", es: "Residentes")))</h2>
            <ul class="rows">\(try found[1].map { try resident($0, page) })</ul>
            \(visits)
            """)
    }

    private func resident(_ row: Row, _ page: PageContext) throws -> HTML {
        let phone = try row.text(2)
        let call: HTML? = phone.isEmpty ? nil : "<a href=\"tel:\(phone.dialled)\">\(phone)</a>"
        let refused: HTML? =
            try row.bool(3) ? nil : "<span class=\"badge bad\">\(page.localized(Self.notAuthorized))</span>"
        return
            "<li><a href=\"\(GatePath.resident(try row.integer(0)))\">\(try row.text(1))</a> \(refused)\(call)</li>\n"
    }

    private static func unit(_ id: Int64) -> Statement {
        Statement(
            "select garita.unit_display(u.id), u.notes from garita.units as u where u.id = $1",
            name: "home of the gate",
            parameters: [.integer(id)])
    }

    private static func residents(_ unit: Int64) -> Statement {
        Statement(
            "select r.id, r.first_name || ' ' || r.last_name, r.phone, r.is_authorized from garita.residents as r"
                + " where r.unit_id = $1 and garita.resides(r.move_out_date) order by 2, 1 limit 100",
            name: "residents of a home", parameters: [.integer(unit)])
    }

    private static let notAuthorized = Text("not authorized", es: "sin autorización")
}
