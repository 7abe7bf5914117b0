import Cryptography
import Pages
import Visitors
import Web

/// A pass in clear, for the home to share: picture, code and link, with the ways to send it.
struct SharedPass {
    private let visit: HomeVisit
    private let pass: HomeVisit.Pass
    /// Nil for a pass that has ended, or whose code is not kept.
    private let revealed: RevealedPass?

    init(_ pass: HomeVisit.Pass, of visit: HomeVisit, _ page: PageContext) throws {
        self.pass = pass
        self.visit = visit
        revealed = pass.isLive ? try Self.reveal(pass.id, page.context) : nil
    }

    /// Shows the pass to whoever has it; nil for one that opens no more.
    var link: PassLink? { revealed?.link }

    private static func reveal(_ id: Int64, _ context: Context) throws -> RevealedPass? {
        do {
            return try RevealPass(id, for: .household, reading: PassColumns("t.id", for: "home")).perform(context)
        } catch let error as HTTPError where error.status == 404 { return nil }
    }

    func html(_ page: PageContext) -> HTML {
        guard let revealed else {
            return pass.isLive ? "" : "<p class=\"notice\">\(page.localized(.opensNoMore))</p>\n"
        }
        let code: HTML? =
            pass.type == .numeric || pass.type == .alphanumeric
            ? """
            <p class="quiet">\(page.localized(Text("Code", es: "Código")))</p>
            <p class="secret-text"><code class="pass-code">\(revealed.code.text)</code></p>

            """ : nil
        return """
            <section class="ticket shared">
            \(code)\(picture(revealed, page))\(revealed.link.map { PassShare($0, of: visit).html(page) })\
            </section>

            """
    }

    private func picture(_ revealed: RevealedPass, _ page: PageContext) -> HTML? {
        guard !revealed.isOneTime else { return "<p>\(page.localized(.changes))</p>\n" }
        let text = revealed.link?.picture(origin: page.layout.request.origin) ?? revealed.code.text
        return page.qrCode(text, Text("QR code of the pass", es: "Código QR del pase"))
    }
}

/// The link of a pass, and the ways to send it.
struct PassShare {
    private let link: PassLink
    private let visit: HomeVisit

    init(_ link: PassLink, of visit: HomeVisit) {
        self.link = link
        self.visit = visit
    }

    /// All of them, for one pass.
    func html(_ page: PageContext) -> HTML {
        let address = link.address(origin: page.layout.request.origin)
        return """
            <p class="quiet"><label for="link">\(page.localized(Text("Link of the pass", es: "Enlace del pase")))</label></p>
            <input id="link" class="code" readonly data-copy value="\(address)">
            <p class="tools">\(buttons(page))
            <a class="button quiet" href="\(PassLink.path)\(link.token.text)/calendar.ics">\(page.localized(.calendar))</a>
            <button type="button" class="quiet" data-print hidden>\(page.localized(Text("Print", es: "Imprimir")))</button></p>

            """
    }

    /// Those that send it.
    func buttons(_ page: PageContext) -> HTML {
        let address = link.address(origin: page.layout.request.origin)
        let message = page.localized(.message(visit.name, page.layout.session?.siteName ?? "Garita"))
        // Some telephones show the plus signs of a form as they are.
        let query = QueryItem.encode([QueryItem("text", "\(message) \(address)")]).replacing("+", with: "%20")
        return """
            <button type="button" data-share="\(message)" data-url="\(address)" hidden>\(page.localized(.share))\
            <span class="unseen"> \(visit.name)</span></button>
            <a class="button quiet" href="https://wa.me/?\(query)" rel="noopener noreferrer" referrerpolicy="no-referrer">WhatsApp\
            <span class="unseen"> \(visit.name)</span></a>
            """
    }
}

extension Text {
    fileprivate static let opensNoMore = Text(
        "The pass opens no more.", es: "El pase ya no abre.")
    fileprivate static let changes = Text(
        "The code changes every half minute: the visitor opens the link at the gate and shows it there.",
        es: "El código cambia cada medio minuto: el visitante abre el enlace en el acceso y lo muestra ahí.")
    fileprivate static let share = Text("Share", es: "Compartir")
    fileprivate static let calendar = Text("Calendar", es: "Calendario")

    fileprivate static func message(_ visitor: String, _ site: String) -> Text {
        Text("\(visitor), this is your pass for \(site):", es: "\(visitor), este es su pase para \(site):")
    }
}
