import Cryptography
import Pages
import PostgreSQL
import Vocabulary
import Web

/// Which lists a session may see, as `site|gate|role|language`.
///
/// Whoever sees the same feed sees the same lists.
struct Feed {
    /// The header of the console's question, which names its session (nginx/snippets/garita-live.conf).
    private static let parameter = "HTTP_X_GARITA_FEED"

    let text: String
    /// Which ways the gate is for.
    let directions: [Direction]

    /// The feed of whoever looks; nil for who watches no gate.
    ///
    /// - Parameter rows: the answer to ``statement``.
    init?(_ rows: Rows, _ page: PageContext) throws {
        guard let row = rows.first, let session = page.layout.session else { return nil }
        let (site, gate) = (try row.integer(0), try row.integer(1))
        directions = GateShift.directions(isEntry: try row.bool(2), isExit: try row.bool(3))
        text = "\(site)|\(gate)|\(session.caller.role.rawValue)|\(page.layout.language.code)"
    }

    static let statement = Statement(
        "select garita.current_site_id(), access_point_id, is_entry, is_exit from api.current_shift()",
        name: "feed of the console")

    /// What a console calls its session by: only pages of this session know it, and it signs nobody in.
    static func name(of page: PageContext) -> String {
        Base64URL.encode(page.context.keys.accounts.tag(.feed, page.layout.cookie))
    }

    /// Whether a question is named by another session: nginx would keep the answer under that name.
    static func isMisnamed(_ page: PageContext) -> Bool {
        guard let name = page.context.request.parameters[parameter] else { return false }
        return Base64URL.decode(name).map { !page.context.keys.accounts.isTag($0, .feed, page.layout.cookie) } ?? true
    }
}

/// `/gate/live/feed/`: nginx asks which lists a session may see; it alone can.
struct ShowFeed: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        guard let session = page.layout.session, !Feed.isMisnamed(page) else { return Response(401) }
        guard Access.gatekeepers.admits(session.caller.role) else { return Response(403) }
        guard let feed = try Feed(page.context.run([Feed.statement])[0], page) else { return Response(403) }
        return Response(204, headers: [Header("X-Garita-Feed", feed.text)])
    }
}

/// `/gate/live/`: the lists of the console alone, for its script (web/static/gate-lists.js).
struct ShowLiveLists: PageHandler {
    private let feed: String?

    init(_ request: Request) throws(HTTPError) {
        feed = request.parameters["GARITA_FEED"]
    }

    /// Only what nginx asks for: it would keep the lists of one session for those who may see others.
    ///
    /// No page says that nobody is signed in, and none leads anywhere: this answers a script.
    func respond(_ page: PageContext) throws -> Response {
        guard let session = page.layout.session else { return Response(401) }
        guard Access.gatekeepers.admits(session.caller.role) else { return Response(403) }
        let found = try page.context.run([Feed.statement] + ConsoleLists.statements)
        guard let own = try Feed(found[0], page), own.text == feed else { return Response(403) }
        let lists = try ConsoleLists.html(found.dropFirst(), at: own.directions, page)
        return .html(lists, headers: [EntityTag(of: Array(lists.markup.utf8)).header])
    }
}
