import Pages
import Resource
import Visitors
import Web

/// `/home/visits/{id}/`: one visit, its pass to share, what can be done about it, and its entries.
struct ShowVisit: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        try page.atHome { _ in
            let visit = try HomeVisit.find(id, page.context)
            let pass = try visit.pass.map { try SharedPass($0, of: visit, page) }
            let decided = try VisitDecision.sentence(of: id, page.context)
            let log = try HomeLog.ofVisit(id, page.context)
            return page.homePage(
                visit.name, module: "home.js", below: (HomePath.visits, .visits),
                """
                <p>\(visit.badge(page))</p>
                \(visit.photo(page))
                \(visit.status == "PENDING" ? VisitDecision.buttons(id, page) : nil)\(pass?.html(page))\
                \(visit.facts(page, decided))
                \(visit.tools(page))\(HomeLog.html(log, page, titled: Text("Entries and exits", es: "Entradas y salidas")))
                """)
        }
    }
}

extension HomeVisit {
    /// What there is to know; what is not there is left out.
    fileprivate func facts(_ page: PageContext, _ decided: Text?) -> HTML {
        let kind = visitors.field("visitor_type").map { page.localized($0.label(of: type)) } ?? type
        let facts: [(label: Text, value: String)] =
            [
                (Text("Expected", es: "Se espera"), "\(Day(day).name(page))\(time.map { ", \($0)" } ?? "")"),
                (Text("Kind of visit", es: "Tipo de visita"), kind),
            ] + (pass?.facts(page) ?? [])
            + [
                (Text("Comes along", es: "Acompañantes"), companions > 0 ? "\(companions)" : ""),
                (Text("Guest list", es: "Lista de invitados"), party), (Text("Phone", es: "Teléfono"), phone),
                (Text("License plate", es: "Placas"), plate), (Text("Company", es: "Empresa"), company),
                (Text("Reason for the visit", es: "Motivo de la visita"), purpose),
                (Text("Notes", es: "Notas"), notes),
                (Text("Decision", es: "Decisión"), decided.map(page.localized) ?? ""),
            ]
        let drawn = facts.filter { !$0.value.isEmpty }.map { fact -> HTML in
            "<div><dt>\(page.localized(fact.label))</dt><dd>\(fact.value)</dd></div>\n"
        }
        return "<dl class=\"facts\">\n\(drawn)</dl>"
    }

    /// What can be done about it now.
    fileprivate func tools(_ page: PageContext) -> HTML {
        let isLive = pass?.isLive == true
        // A new pass would approve who waits: that is asked for in its own words.
        let mayRenew = isOpen && (isLive || status != "PENDING")
        let links: [(isOffered: Bool, path: String, label: Text)] = [
            (isOpen, HomePath.visit(id, "change"), Text("Change name or plates", es: "Cambiar nombre o placas")),
            (mayRenew, HomePath.visit(id, "renew"), isLive ? .newPass : Text("Issue a pass", es: "Emitir un pase")),
            (isLive, HomePath.visit(id, "card"), Text("Card", es: "Tarjeta")),
            (!party.isEmpty, HomePath.visit(id, "party"), Text("Whole guest list", es: "Toda la lista")),
            (
                !isOpen, HomePath.invite(like: id, everyWeek: pass?.hours != nil),
                Text("Invite again", es: "Invitar otra vez")
            ),
            (
                isOpen && (isLive || place == .waiting || place == .coming || place == .today),
                HomePath.visit(id, "cancel"),
                Text("Cancel the visit", es: "Cancelar la visita")
            ),
        ]
        let drawn = links.filter(\.isOffered).map { link -> HTML in
            "<a class=\"button quiet\" href=\"\(link.path)\">\(page.localized(link.label))</a>\n"
        }
        return drawn.isEmpty ? "" : "<p class=\"tools\">\(drawn)</p>\n"
    }
}

extension HomeVisit.Pass {
    /// When it opens, and how often it has.
    fileprivate func facts(_ page: PageContext) -> [(label: Text, value: String)] {
        let isUnlimited = entries == IssuePass.unlimitedEntries
        let limit = isUnlimited ? .unlimited : Text("of \(entries)", es: "de \(entries)")
        let isOneDay = from.prefix(10) == lastDay
        let first = Day(from).name(page) + (endsAt == nil ? "" : ", \(from.dropFirst(11).prefix(5))")
        let last = (isOneDay ? [] : [Day(lastDay).name(page)]) + [endsAt].compactMap(\.self)
        let days = ([first] + (last.isEmpty ? [] : [last.joined(separator: ", ")])).joined(separator: " – ")
        return [
            (isOneDay ? Text("Good on", es: "Sirve el") : Text("Good", es: "Sirve"), days),
            (Text("Hours", es: "Horario"), hours?.name(page) ?? ""),
            (
                Text("Entries used", es: "Entradas usadas"),
                "\(used)\(isUnlimited ? ", " : " ")\(page.localized(limit).lowercased())"
            ),
            (Text("Card", es: "Tarjeta"), hasCard ? page.localized(Text("It has one", es: "Tiene una")) : ""),
        ]
    }
}

extension Text {
    static let visits = Text("Visits", es: "Visitas")
    static let newPass = Text("Change days, hours or code", es: "Cambiar días, horario o código")
}
