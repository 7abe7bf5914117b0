import PostgreSQL

/// What is different when a person looks at it: a cookie says who, and whatever happens becomes a page.
extension Application {
    /// The frame of a page before anybody is known; nil for a path of programs.
    func frame(of request: Request) -> PageLayout? {
        guard pageRooms.contains(Self.room(request.path)) else { return nil }
        return PageLayout(request, navigation: navigation, assets: assets, keys: keys.accounts)
    }

    /// The first word of a path: one room of pages has one.
    static func room(_ path: String) -> String {
        String(path.split(separator: "/", maxSplits: 1).first ?? "")
    }

    /// - Throws: 401 for nobody, which becomes the page where one signs in.
    func answerPage(
        _ request: Request, from routes: [Route], _ database: Database, _ outcome: inout Outcome
    ) throws -> Response {
        let method = request.method == Method.head.rawValue ? Method.get.rawValue : request.method
        guard let route = routes.first(where: { $0.method.rawValue == method }) else {
            throw HTTPError(405, .methodNotAllowed(request.method))
        }
        outcome.route = route
        if route.method != .get { try FormGuard.checkOrigin(request) }
        let cookie = PageLayout.cookie(in: request)
        let session = try cookie.flatMap { try PageSession.find($0, keys.accounts, database) }
        outcome.frame = outcome.frame?.with(session)
        outcome.caller = session?.caller
        if route.access != .anyone {
            guard let session else { throw HTTPError.unauthenticated(.detail(.notAuthenticated, code: nil)) }
            guard route.access.admits(session.caller.role) else { throw HTTPError.forbidden }
        }
        if route.method != .get { try FormGuard.checkToken(request, cookie, keys.accounts) }
        let context = Context(
            database: database, keys: keys, photos: photos, request: request, caller: session?.caller, now: now(),
            frame: outcome.frame)
        return try route.prepare(request)(context)
    }
}
