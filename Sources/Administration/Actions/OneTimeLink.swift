import Pages
import Users
import Web

/// The one-time link as a person takes it along: to copy, to read with a phone, to type.
struct OneTimeLink {
    private let link: PasswordLink
    private let name: String
    private let username: String

    /// - Parameters:
    ///   - name: of whose account it is.
    ///   - username: what the person signs in with.
    init(_ link: PasswordLink, for name: String, username: String) {
        self.link = link
        self.name = name
        self.username = username
    }

    func html(_ page: PageContext) -> HTML {
        // The page's script puts what stands behind the # into the form.
        let address = "\(page.layout.request.origin)\(PagePath.newPassword)#\(link.token)"
        return """
            <p class="notice" role="status">\(Icon.key)\(page.localized(Self.shownOnce))</p>
            <dl class="facts">
            <div><dt>\(page.localized(Text("For", es: "Para")))</dt><dd>\(name)</dd></div>
            <div><dt>\(page.localized(Text("User name", es: "Nombre de usuario")))</dt><dd><strong>\(username)</strong></dd></div>
            <div><dt>\(page.localized(Text("Valid until", es: "Válido hasta")))</dt><dd>\(SiteTime(link.endsAt).html(page))</dd></div>
            </dl>
            <div class="field"><label for="link">\(page.localized(Text("Link", es: "Enlace")))</label>\
            <p class="hint" id="link-hint">\(page.localized(Self.hint))</p>\
            <input id="link" class="code" type="text" readonly value="\(address)" aria-describedby="link-hint" \
            autocomplete="off" data-copy></div>
            \(page.qrCode(address, Self.picture))\
            <p>\(page.localized(Self.orType)) <strong>\(page.layout.request.origin)\(PagePath.newPassword)</strong><br>\
            <code class="long">\(link.token)</code></p>
            """
    }

    private static let shownOnce = Text(
        "The link is shown only once. Hand it over in person or in a message that only this person"
            + " reads.",
        es: "El enlace solo se muestra esta vez. Entréguelo en persona o por un mensaje que solo lea esa persona.")
    private static let hint = Text(
        "Copy the whole link, or have the person scan the QR code below with a phone.",
        es: "Copie el enlace completo, o pida a la persona que escanee el código QR de abajo con su"
            + " teléfono.")
    private static let picture = Text("QR code of the link", es: "Código QR del enlace")
    private static let orType = Text("Or the person enters this code at", es: "O la persona escribe este código en")
}
