import PostgreSQL
package import Web

/// People with a browser: a cookie says who looks, and whatever happens becomes a page.
package struct PageClients: ClientKind {
    private let keys: Keys
    private let assets: Assets
    /// First segments of the paths of pages.
    private let rooms: Set<String>
    /// Those of them whose pages are opened by a link.
    private let linkedRooms: Set<String>
    private let navigation: [PageLayout.NavigationItem]

    /// - Parameter routes: all of the product; those that answer with pages are found among them.
    package init(_ routes: [Route], _ keys: Keys, _ assets: Assets) {
        self.keys = keys
        self.assets = assets
        let pages = routes.compactMap { route in route[PageNote.self].map { (route: route, note: $0) } }
        rooms = Set(pages.map { Self.room($0.route.path) })
        linkedRooms = Set(pages.filter(\.note.isOpenedByLink).map { Self.room($0.route.path) })
        navigation = pages.compactMap { page in
            page.note.navigationLabel.map { .init(path: page.route.path, label: $0, access: page.route.access) }
        }
    }

    /// Also for a path below one of the rooms that no route has: what is wrong there is told as a page.
    package func scope(of request: Request) -> (any RequestScope)? {
        let room = Self.room(request.path)
        guard rooms.contains(room) else { return nil }
        return PageScope(
            layout: PageLayout(
                request, navigation: navigation, assets: assets, keys: keys.accounts,
                isOpenedByLink: linkedRooms.contains(room)),
            keys: keys.accounts)
    }

    private static func room(_ path: String) -> String {
        String(path.split(separator: "/", maxSplits: 1).first ?? "")
    }
}

/// That a route answers with pages.
struct PageNote: Sendable {
    /// What the header of all pages calls it; nil for most.
    var navigationLabel: Text?
    /// Whether who has the address may see them, signed in or not.
    var isOpenedByLink = false
}

/// One request of a browser: its layout, before anybody is known and after.
struct PageScope: RequestScope {
    private(set) var layout: PageLayout
    let keys: AccountKeys

    var language: Language { layout.language }
    var hasCheckedCaller: Bool { true }

    func check(_ request: Request, _ routes: [Route], _ route: Route?) throws(HTTPError) {
        guard let route else { throw HTTPError(405, .methodNotAllowed(request.method)) }
        if route.method != .get { try FormGuard.checkOrigin(request) }
    }

    /// - Throws: nothing for nobody: the route says whether somebody must be there.
    mutating func authenticate(
        _ request: Request, for access: Access, _ database: Database, now: Int64
    ) throws -> Identity {
        let cookie = PageLayout.cookie(in: request)
        let session = try cookie.flatMap { try PageSession.find($0, keys, database) }
        layout = layout.with(session)
        return Identity(caller: session?.caller)
    }

    func describe(_ request: Request, _ routes: [Route], for caller: Caller?) -> Response? { nil }

    func confirm(_ request: Request, _ route: Route) throws(HTTPError) {
        guard route.method != .get else { return }
        try FormGuard.checkToken(request, layout.bond, keys)
    }

    func respond(_ context: Context, _ route: Route, _ work: Route.Answer) throws -> Response { try work(context) }

    func response(to error: HTTPError, _ request: Request) -> Response { layout.refusal(error) }
}
