import Pages
import PostgreSQL
import Resource
import Visitors
import Web

/// `/gate/visits/{id}/badge/`: what a visitor wears; no document and no phone is on it.
struct ShowBadge: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let found = try page.context.run([Visit.statement(id), Self.today])
        guard let row = found[0].first else { throw HTTPError.notFound(visitors.model) }
        let visit = try Visit(row, hosts: found[0].prefix(0))
        return page.gate(
            .badge,
            """
            <div class="ticket visitor-badge"><p class="quiet">\(page.layout.session?.siteName ?? "") · \(visit.kindName(page))</p>
            <p><strong>\(visit.name)</strong></p><p>\(visit.unitName) · \(Day(try found[1].single().text(0)).html(page))</p>
            <p class="code">\(page.localized(Text("No.", es: "N.º"))) \(visit.id)</p></div>
            <p class="tools"><button type="button" data-print hidden>\(page.localized(.print))</button>\
            <a href="\(GatePath.visit(id))">\(page.localized(Text("Back to the visit", es: "Volver a la visita")))</a></p>
            """)
    }

    private static let today = Statement("select current_date::text", name: "today")
}
