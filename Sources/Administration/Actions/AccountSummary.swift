import Pages
import PostgreSQL
import Resource
import Users
import Web

/// The account that an action is about.
struct AccountSummary {
    /// First and last name, else the user name.
    let name: String
    let username: String
    let isActive: Bool
    /// Whether it is that of who looks at the page.
    let isOwn: Bool
    let openSessions: Int64

    static func statement(_ id: Int64) -> Statement {
        Statement(
            "select coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username), u.username,"
                + " u.is_active, u.id = garita.current_user_id(),"
                + " (select count(*) from garita.sessions as s where s.user_id = u.id)"
                + " from garita.users as u where u.id = $1", name: "account_of_page", parameters: [.integer(id)])
    }

    /// - Throws: 404 for an account that this administrator may not see.
    init(_ rows: Rows?) throws {
        guard let row = rows?.first else { throw HTTPError.notFound() }
        name = try row.text(0)
        username = try row.text(1)
        isActive = try row.bool(2)
        isOwn = try row.bool(3)
        openSessions = try row.integer(4)
    }

    func html(_ page: PageContext) -> HTML {
        let state = isActive ? Text("active", es: "activa") : Text("inactive", es: "desactivada")
        return """
            <dl class="facts">
            <div><dt>\(page.localized(Text("Name", es: "Nombre")))</dt><dd>\(name)</dd></div>
            <div><dt>\(page.localized(Text("User name", es: "Usuario")))</dt><dd>\(username)</dd></div>
            <div><dt>\(page.localized(Text("Account", es: "Cuenta")))</dt><dd>\(page.localized(state))</dd></div>
            <div><dt>\(page.localized(Text("Open sessions", es: "Sesiones abiertas")))</dt><dd>\(openSessions)</dd></div>
            </dl>

            """
    }
}
