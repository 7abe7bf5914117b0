import Pages
import PostgreSQL
import Users
import Web

/// `GET /account/sessions/`: where one's own account is open.
struct ShowSessions: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        let rows = try page.context.run([
            Statement(
                "select s.id, s.address, s.user_agent, to_char(s.created_at, 'YYYY-MM-DD HH24:MI'),"
                    + " s.id = nullif(current_setting('garita.session_id', true), '')::bigint"
                    + " from garita.sessions as s where s.user_id = garita.current_user_id()"
                    + " order by 5 desc, s.created_at desc, s.id desc limit 50", name: "own_sessions")
        ])[0]
        let sessions = try rows.map { try OpenSession($0).html(page) }
        let closeOthers: HTML? =
            rows.count < 2
            ? nil
            : """
            <form method="post" action="\(AccountPath.sessions)">\(page.layout.formToken)
            <p><button name="end" value="others">\(page.localized(Text("Sign out of all others", es: "Cerrar todas las demás")))</button></p>
            </form>
            """
        return page.render(
            Text("Sessions", es: "Sesiones"),
            """
            <p>\(page.localized(Self.about))</p>
            <ul class="rows">
            \(sessions)</ul>
            \(closeOthers)
            """)
    }

    private static let about = Text(
        "Your account is signed in on these devices. Close any session you don't recognize, then choose"
            + " a new password.",
        es: "Su cuenta está abierta en estos dispositivos. Cierre las sesiones que no reconozca y luego"
            + " elija una contraseña nueva.")
}

/// One line of the list.
private struct OpenSession {
    let id: Int64
    let address: String
    let program: String
    let begin: SiteTime
    let isCurrent: Bool

    init(_ row: Row) throws {
        id = try row.integer(0)
        address = try row.text(1)
        program = try row.text(2)
        begin = SiteTime(try row.text(3))
        isCurrent = try row.bool(4)
    }

    func html(_ page: PageContext) -> HTML {
        let name = UserAgent(program).name ?? page.localized(Text("Unknown device", es: "Dispositivo desconocido"))
        let since = page.localized(Text("since", es: "desde"))
        let end: HTML =
            isCurrent
            ? "<strong class=\"badge\">\(page.localized(Text("Current session", es: "Sesión actual")))</strong>"
            : """
            <form method="post" action="\(AccountPath.sessions)">\(page.layout.formToken)\
            <button class="quiet" name="end" value="\(id)">\(page.localized(Text("Close", es: "Cerrar")))\
            <span class="unseen"> \(name), \(since) \(begin.name(page))</span></button></form>
            """
        return """
            <li><div><strong title="\(program)">\(name)</strong><br>
            <span class="quiet">\(address) · \(since) \(begin.html(page))</span></div>\(end)</li>

            """
    }
}

/// `POST /account/sessions/`: ends one session or all but this one.
///
/// - SQL: `api.end_session`, `api.end_other_sessions` (sql/functions/users/).
struct EndOwnSessions: PageHandler {
    private let id: Int64?

    init(_ request: Request) throws(HTTPError) {
        let end = try Form(request).text("end")
        id = WholeNumber.read(end, in: WholeNumber.identifiers)
        guard id != nil || end == "others" else { throw .notFound() }
    }

    func respond(_ page: PageContext) throws -> Response {
        guard let id else {
            _ = try page.context.run([Statement("select api.end_other_sessions()", name: "end_other_sessions")])
            return page.seeOther(
                AccountPath.sessions,
                notice: Text("All other sessions were closed.", es: "Las demás sesiones se cerraron."))
        }
        try EndSession(id).perform(page.context)
        return page.seeOther(
            AccountPath.sessions, notice: Text("The session was closed.", es: "La sesión se cerró."))
    }
}
