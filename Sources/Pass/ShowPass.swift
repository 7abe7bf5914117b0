import Pages
import PostgreSQL
import Vocabulary
import Web

/// `/p/{token}/`: the pass, for whoever has its link; reading it redeems nothing.
struct ShowPass: PageHandler {
    let place: PassPlace
    private let isLook: Bool
    /// Whether the page before kept a plate.
    private let isSaved: Bool

    init(_ request: Request) throws(HTTPError) {
        place = PassPlace(request)
        isLook = request.method == Method.get.rawValue
        isSaved = request.queryValue("saved") == "plate"
    }

    func respond(_ page: PageContext) throws -> Response {
        try page.atPass(place, isLook: isLook) { pass, page in
            let name = page.localized(Text("Visitor pass", es: "Pase de visita")) + " · " + pass.siteName
            let ticket = PassTicket(pass, place, page.context)
            let question = askTheGate(page)
            // What a guard sees holds the token of a form: no browser keeps that.
            let keeping = question == nil ? ticket.map { [$0.keeping] } : nil
            return page.render(
                name, status: pass.state.isOver ? 410 : 200, headers: keeping ?? [],
                module: "pass.js",
                head: """
                    <meta name="robots" content="noindex">
                    <meta property="og:title" content="\(name)">
                    \(ticket?.refresh)
                    """,
                """
                \(saved(pass, page))\(Self.state(pass, page))\(ticket?.html(page))\(ticket.map { _ in facts(pass, page) })\
                \(visits(pass, page))\(ticket.map { _ in tools(pass, page) })\(question)
                """)
        }
    }

    private func saved(_ pass: OpenedPass, _ page: PageContext) -> HTML? {
        guard isSaved, !pass.state.isOver else { return nil }
        let said = Text("Your plate was saved.", es: "Sus placas se guardaron.")
        let none = Text("No plate is noted any more.", es: "Ya no hay placas anotadas.")
        return "<p class=\"notice\" role=\"status\">\(page.localized(pass.plate.isEmpty ? none : said))</p>\n"
    }

    /// Without network the page says of when it is instead of how the pass stands (pass.js): that may have changed.
    private static func state(_ pass: OpenedPass, _ page: PageContext) -> HTML {
        let greeting: HTML? = pass.code == nil ? nil : "<p class=\"greeting\">\(pass.firstName)</p>\n"
        let copy: HTML =
            pass.isOneTime
            ? "\(page.localized(.needsNetwork))"
            : "\(page.localized(Text("Copy of", es: "Copia del"))) <time></time>: \(page.localized(.gateDecides))"
        return """
            \(greeting)<p class="notice wait" role="status" data-offline hidden>\(copy)</p>
            <p class="\(pass.state.look)" data-state><strong>\(page.localized(pass.state.title))</strong><br>\
            \(page.localized(pass.state.advice))</p>

            """
    }

    private func facts(_ pass: OpenedPass, _ page: PageContext) -> HTML {
        let facts = PassFacts(pass, page)
        return "<dl class=\"facts\">\n\(facts.rows)</dl>\n"
    }

    private func visits(_ pass: OpenedPass, _ page: PageContext) -> HTML? {
        guard !pass.visits.isEmpty else { return nil }
        let rows = pass.visits.map { visit -> HTML in
            let way: HTML? = visit.direction.map { "<strong>\(page.localized($0.label))</strong> " }
            return "<li><span>\(way)\(visit.gate)</span>\(SiteTime(visit.moment).html(page))</li>\n"
        }
        return """
            <h2>\(page.localized(Text("Entries and exits", es: "Entradas y salidas")))</h2>
            <ul class="rows">
            \(rows)</ul>

            """
    }

    private func tools(_ pass: OpenedPass, _ page: PageContext) -> HTML {
        let plate = pass.plate.isEmpty ? Text("Add your plate", es: "Agregar sus placas") : .changePlate
        let map: HTML? =
            pass.mapURL.isEmpty
            ? nil
            : "<a class=\"button quiet\" href=\"\(pass.mapURL)\" rel=\"noreferrer\">\(page.localized(Text("Map", es: "Mapa")))</a>\n"
        return """
            <p class="tools">
            \(map)<a class="button quiet" href="\(place.calendar)" download>\(page.localized(Text("Add to calendar", es: "Agregar al calendario")))</a>
            <button type="button" class="quiet" data-print hidden>\(page.localized(Text("Print", es: "Imprimir")))</button>
            \("<a class=\"button quiet\" href=\"\(place.plate)\">\(page.localized(plate))</a>\n", if: pass.canChangePlate)\
            \("<a class=\"bad\" href=\"\(place.cancel)\">\(page.localized(pass.hours == nil ? .notComing : .endPass))</a>\n", if: pass.canCancel)</p>
            <p class="quiet">\(page.localized(Self.whoSees))</p>

            """
    }

    private static let whoSees = Text(
        "Who else can see this pass, its entries and exits: the administration, the guards at the gate, and the home that"
            + " invited you. Don't share the link: whoever has it can use it.",
        es:
            "Quién más puede ver este pase, sus entradas y salidas: la administración, los guardias del acceso y el hogar que"
            + " le invitó. No comparta el enlace: quien lo tenga puede usarlo.")
}

extension Text {
    fileprivate static let needsNetwork = Text(
        "No connection. This code changes every half minute: it needs network to be shown.",
        es: "Sin conexión. Este código cambia cada medio minuto: necesita red para mostrarse.")
    fileprivate static let gateDecides = Text(
        "whether it is good, the gate decides.", es: "si vale, lo decide el acceso.")
}
