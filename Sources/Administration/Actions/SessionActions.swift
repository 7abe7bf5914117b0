import Pages
import PostgreSQL
import Resource
import Users
import Web

/// `GET /admin/sessions/{id}/end/`: asks before one session is ended.
struct AskEndSession: PageHandler {
    static let list = "/admin/sessions/"
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        let rows = try page.context.run([
            Statement(
                "select u.username, s.address, s.user_agent, to_char(s.created_at, 'YYYY-MM-DD HH24:MI')"
                    + " from garita.sessions as s join garita.users as u on u.id = s.user_id where s.id = $1",
                name: "session_of_page", parameters: [.integer(id)])
        ])[0]
        guard rows.count == 1 else { throw HTTPError.notFound() }
        let labels = [
            Text("User name", es: "Usuario"), Text("Address", es: "Dirección IP"), Text("Program", es: "Programa"),
            Text("Since", es: "Desde"),
        ]
        let facts = try labels.enumerated().map { index, label -> HTML in
            "<div><dt>\(page.localized(label))</dt><dd>\(try rows[0].text(index))</dd></div>"
        }
        return ConfirmationPage(
            title: Text("End this session", es: "Terminar esta sesión"),
            consequences: [
                Text(
                    "The account is signed out there, at once. Its other sessions go on.",
                    es: "La cuenta sale de ahí, de inmediato. Sus demás sesiones siguen.")
            ], button: Text("End this session", es: "Terminar esta sesión"), isDestructive: true
        ).response(
            page, crumbs: [Crumb(path: Self.list, label: page.localized(sessions.plural))],
            "<dl class=\"facts\">\(facts)</dl>\n")
    }
}

/// `POST /admin/sessions/{id}/end/`: ends one session.
struct SubmitEndSession: PageHandler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) { id = try request.identifier() }

    func respond(_ page: PageContext) throws -> Response {
        try AccountTask.endSession(id, page.context)
        let isOwn = id == page.layout.session?.caller.sessionID
        return page.seeOther(
            isOwn ? PagePath.signIn : AskEndSession.list,
            notice: Text("The session has ended.", es: "La sesión terminó."))
    }
}
