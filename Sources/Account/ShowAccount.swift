import Pages
import Vocabulary
import Web

/// `GET /account/`: what one may do with one's own account.
struct ShowAccount: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        guard let session = page.layout.session else { throw HTTPError.internalError }
        let title = Text("My account", es: "Mi cuenta")
        return page.render(
            title,
            """
            <dl class="facts">
            <div><dt>\(page.localized(Text("Name", es: "Nombre")))</dt><dd>\(session.displayName)</dd></div>
            <div><dt>\(page.localized(Text("User name", es: "Nombre de usuario")))</dt><dd>\(session.username)</dd></div>
            <div><dt>\(page.localized(Text("Role", es: "Rol")))</dt><dd>\(page.localized(session.caller.role.title))</dd></div>
            <div><dt>\(page.localized(Text("Community", es: "Residencial")))</dt><dd>\(session.siteName)</dd></div>
            </dl>
            <ul class="cards">
            \(Self.cards.map { $0.html(page) })
            </ul>
            """)
    }

    private static let cards = [
        Card(
            path: AccountPath.password, icon: Icon.key, title: Text("Password", es: "Contraseña"),
            about: Text("Choose a new password.", es: "Elija una contraseña nueva.")),
        Card(
            path: PagePath.secondFactor, icon: Icon.shield, title: Text("Second factor", es: "Segundo factor"),
            about: Text("A code from your phone when you sign in.", es: "Un código de su teléfono al iniciar sesión.")),
        Card(
            path: AccountPath.sessions, icon: Icon.screens, title: Text("Sessions", es: "Sesiones"),
            about: Text(
                "See where your account is signed in, and close what isn't yours.",
                es: "Vea dónde está abierta su cuenta y cierre lo que no sea suyo.")),
    ]
}

/// A place one can go, with what is there.
private struct Card: Sendable {
    let path: String
    let icon: HTML
    let title: Text
    let about: Text

    func html(_ page: PageContext) -> HTML {
        "<li><a href=\"\(path)\">\(icon)\(page.localized(title))</a><p>\(page.localized(about))</p></li>\n"
    }
}
