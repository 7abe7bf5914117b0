import Pages
import Users
import Web

/// `GET /admin/users/{id}/password-link/`: asks before a one-time link is made.
struct AskPasswordLink: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let account = try AccountSummary.find(id, page)
        guard account.isActive else { return LinkWords.refusal(account, page, status: 200) }
        return ConfirmationPage(
            title: LinkWords.title,
            consequences: [
                Text(
                    "You get a link, shown once. Whoever opens it chooses the password of this account.",
                    es:
                        "Recibirá un enlace que se muestra una sola vez. Quien lo abra elegirá la contraseña de esta cuenta."
                ),
                Text("It works once, for 24 hours.", es: "Sirve una vez, durante 24 horas."),
                Text("A link made before stops working.", es: "Un enlace anterior deja de servir."),
                Text(
                    "The present password works until the link is used; then all sessions of the account end.",
                    es: "La contraseña actual sirve hasta que se use el enlace; entonces se cierran todas sus sesiones."
                ),
            ], button: Text("Make the link", es: "Crear el enlace")
        ).response(page, crumbs: account.crumbs(page), account.facts(page))
    }
}

/// `POST /admin/users/{id}/password-link/`: makes the link and shows it, this once.
struct GivePasswordLink: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let account = try AccountSummary.find(id, page)
        guard account.isActive else { return LinkWords.refusal(account, page, status: 409) }
        let (link, end) = try AccountTask.makePasswordLink(for: id, page.context)
        return page.admin(
            LinkWords.title, crumbs: account.crumbs(page), OneTimeLink(link, endsAt: end, for: account.name).html(page))
    }
}

/// The one-time link as a person takes it along: to copy, to read with a phone, to type.
struct OneTimeLink {
    private let token: String
    private let end: String
    private let name: String

    /// - Parameter endsAt: as PostgreSQL writes a time, in the site's zone.
    init(_ link: PasswordLink, endsAt end: String, for name: String) {
        token = link.token
        self.end = String(end.prefix(16))
        self.name = name
    }

    func html(_ page: PageContext) -> HTML {
        // What stands behind the # no server and no log ever sees; the page's script puts it into the form.
        let address = "\(page.layout.request.origin)\(LinkWords.newPassword)#\(token)"
        return """
            <p class="notice" role="status">\(Icon.key)\(page.localized(LinkWords.shownOnce))</p>
            <dl class="facts">
            <div><dt>\(page.localized(Text("For", es: "Para")))</dt><dd>\(name)</dd></div>
            <div><dt>\(page.localized(Text("Good until", es: "Sirve hasta")))</dt><dd><time>\(end)</time></dd></div>
            </dl>
            <div class="field"><label for="link">\(page.localized(Text("Link", es: "Enlace")))</label>\
            <p class="hint" id="link-hint">\(page.localized(LinkWords.hint))</p>\
            <input id="link" class="code" type="text" readonly value="\(address)" aria-describedby="link-hint" \
            autocomplete="off" data-copy></div>
            \(page.qrCode(address, LinkWords.picture))\
            <p>\(page.localized(LinkWords.orType)) <strong>\(page.layout.request.origin)\(LinkWords.newPassword)</strong><br>\
            <code class="long">\(token)</code></p>
            """
    }
}

/// The words of these pages.
enum LinkWords {
    static let newPassword = "/account/new-password/"
    static let title = Text("One-time password link", es: "Enlace para elegir contraseña")
    static let switchedOff = Text(
        "The account is switched off. Activate it first.", es: "La cuenta está desactivada. Actívela primero.")
    static func refusal(_ account: AccountSummary, _ page: PageContext, status: Int) -> Response {
        page.admin(
            title, crumbs: account.crumbs(page), status: status,
            "\(account.facts(page))<p class=\"notice\">\(Icon.warning)\(page.localized(switchedOff))</p>")
    }

    static let shownOnce = Text(
        "The link is shown this once. Hand it over in person or by a message that only this person reads.",
        es: "El enlace solo se muestra esta vez. Entréguelo en persona o por un mensaje que solo lea esa persona.")
    static let hint = Text(
        "Copy it whole, or let the person read the picture below with a phone.",
        es: "Cópielo completo, o deje que la persona lea la imagen de abajo con su teléfono.")
    static let picture = Text("Picture of the link", es: "Imagen del enlace")
    static let orType = Text("Or the person types this code at", es: "O la persona escribe este código en")
}
