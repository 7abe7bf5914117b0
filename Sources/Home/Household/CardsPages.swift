import AccessControl
import Pages
import PostgreSQL
import Resource
import Web

/// A card of the resident who looks, masked.
private struct OwnCard {
    let id: Int64
    let type: String
    let hint: String
    let isActive: Bool
    let expires: String?

    init(_ row: Row) throws {
        id = try row.integer(0)
        type = try row.text(1)
        hint = try row.text(2)
        isActive = try row.bool(3)
        expires = try row.optionalText(4)
    }

    /// - Parameter id: nil for all of them; policies show no other person's.
    static func list(_ id: Int64?, _ context: Context) throws -> [OwnCard] {
        try context.run([
            Statement(
                "select c.id, c.code_type, c.code_hint, c.is_active, c.expiry_date::text from garita.access_codes as c"
                    + " where $1::bigint is null or c.id = $1 order by c.is_active desc, c.id desc",
                name: "own cards", parameters: [.optionalInteger(id)])
        ])[0].map(OwnCard.init)
    }

    func name(_ page: PageContext) -> String {
        "\(page.localized(accessCodes.field("code_type")?.label(of: type) ?? Text(type, es: type))) ••\(hint)"
    }

    func line(_ page: PageContext) -> HTML {
        let until: HTML? = expires.map {
            "<br><span class=\"quiet\">\(page.localized(Text("Valid until", es: "Vence el"))) \(Day($0).name(page))</span>"
        }
        let state: HTML =
            isActive
            ? "<a class=\"button quiet\" href=\"\(HomePath.lost(id))\">\(page.localized(.reportLost))</a>"
            : "<span class=\"badge\">\(page.localized(Text("Opens no more", es: "Ya no abre")))</span>"
        return "<li><div><strong>\(name(page))</strong>\(until)</div>\(state)</li>\n"
    }
}

/// `/home/cards/`: what the resident opens gates with.
struct ListCards: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        try page.atHome { _ in
            let cards = try OwnCard.list(nil, page.context)
            let list: HTML =
                cards.isEmpty
                ? "<p class=\"empty\">\(page.localized(.noCards))</p>\n"
                : "<ul class=\"rows\">\n\(cards.map { $0.line(page) })</ul>\n"
            return page.homePage(page.localized(.myCards), list)
        }
    }
}

/// `/home/cards/{id}/lost/`: asks, and switches the card off.
struct LostCardPage: FormPage {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        try page.atHome { _ in
            guard let card = try OwnCard.list(id, page.context).first else { throw HTTPError.notFound() }
            let form = PageForm(
                HomePath.lost(id), groups: [], buttons: [FormButton(.reportLost, nil, .destructive)],
                errors: answer.errors, look: .task, cancel: HomePath.cards)
            return page.question(
                card.name(page), answer, below: (HomePath.cards, .myCards),
                consequences: [.opensNothing, .askForAnother],
                form)
        }
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        try ReportCardLost(id).perform(page.context)
        return page.seeOther(
            HomePath.cards, notice: Text("The card opens no gate any more.", es: "La tarjeta ya no abre ningún acceso.")
        )
    }
}

extension Text {
    fileprivate static let myCards = Text("My cards", es: "Mis tarjetas")
    fileprivate static let reportLost = Text("Report lost", es: "Reportar extraviada")
    fileprivate static let noCards = Text(
        "You have no card, tag or PIN. The administration issues them.",
        es: "No tiene tarjeta, TAG ni NIP. Los entrega la administración.")
    fileprivate static let opensNothing = Text(
        "From now on it does not open any gate.", es: "Desde ahora no abre ningún acceso.")
    fileprivate static let askForAnother = Text(
        "This cannot be undone: the administration gives you another one.",
        es: "No se puede deshacer: la administración le entrega otra.")
}
