import Cryptography
import Pages
import Visitors
import Web

/// `/home/visits/{id}/party/`: everybody who was invited with this visit, each with the link to share; printed, a list of names.
struct ShowParty: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        try page.atVisit(id) { _, visit in
            guard !visit.party.isEmpty else { throw HTTPError.notFound() }
            let guests = try HomeVisit.party(visit.party, on: visit.day, page.context)
            let arrived = guests.count { $0.enteredAt != nil }
            let lines = try guests.map { try Self.line($0, page) }
            return page.homePage(
                visit.party, module: "home.js", below: (HomePath.visits, .visits),
                """
                <p>\(Day(visit.day).name(page))\(visit.time.map { ", \($0)" } ?? "") · \
                \(page.localized(.arrived(arrived, of: guests.count)))</p>
                <p class="tools"><button type="button" class="quiet" data-print hidden>\
                \(page.localized(Text("Print", es: "Imprimir")))</button>
                \(guests.contains(where: \.canBeCanceled) ? cancel(page) : nil)</p>
                <ul class="rows ticks">
                \(lines)</ul>
                """)
        }
    }

    private func cancel(_ page: PageContext) -> HTML {
        "<a class=\"button quiet\" href=\"\(HomePath.cancelParty(of: id))\">\(page.localized(.cancelParty))</a>"
    }

    private static func line(_ guest: HomeVisit, _ page: PageContext) throws -> HTML {
        let link = try guest.pass.flatMap { try SharedPass($0, of: guest, page).link }
        let sending: HTML? = link.map { link in
            """
            <p class="tools">\(PassShare(link, of: guest).buttons(page))</p>\
            <code class="long" data-copy>\(link.address(origin: page.layout.request.origin))</code>
            """
        }
        return """
            <li><div class="who-comes"><strong><a href="\(HomePath.visit(guest.id))">\(guest.name)</a></strong> \(guest.badge(page))\
            \(sending)</div></li>

            """
    }
}

extension Text {
    fileprivate static func arrived(_ count: Int, of all: Int) -> Text {
        Text("\(count) of \(all) arrived", es: "llegaron \(count) de \(all)")
    }
}
