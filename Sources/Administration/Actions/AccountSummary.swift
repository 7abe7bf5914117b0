import Pages
import PostgreSQL
import Resource
import Users
import Web

/// The account that a page is about.
struct AccountSummary {
    let id: Int64
    /// First and last name, else the user name.
    let name: String
    let username: String
    let isActive: Bool
    /// Whether it is that of who looks at the page.
    let isOwn: Bool
    let openSessions: Int64

    static let list = "/admin/users/"

    /// - Throws: 404 for an account that this administrator may not see.
    static func find(_ id: Int64, _ page: PageContext) throws -> AccountSummary {
        let rows = try page.context.run([
            Statement(
                "select coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username), u.username,"
                    + " u.is_active, u.id = garita.current_user_id(),"
                    + " (select count(*) from garita.sessions as s where s.user_id = u.id)"
                    + " from garita.users as u where u.id = $1", name: "account_of_page", parameters: [.integer(id)])
        ])[0]
        guard rows.count == 1 else { throw HTTPError.notFound() }
        return AccountSummary(
            id: id, name: try rows[0].text(0), username: try rows[0].text(1), isActive: try rows[0].bool(2),
            isOwn: try rows[0].bool(3), openSessions: try rows[0].integer(4))
    }

    static func path(of id: Int64) -> String { "\(list)\(id)/" }

    func crumbs(_ page: PageContext) -> [Crumb] {
        [Crumb(path: Self.list, label: page.localized(users.plural)), Crumb(path: Self.path(of: id), label: name)]
    }

    func facts(_ page: PageContext) -> HTML {
        let state = isActive ? Text("active", es: "activa") : Text("switched off", es: "desactivada")
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
