import Cryptography
package import Images
package import PostgreSQL

/// The request -> response machine: route, method, caller, input, work, answer.
///
/// No input or output of its own.
package struct Application {
    private let router: Router
    let keys: Keys
    let photos: PhotoFolder
    private let tokens: TokenCache
    /// Seconds since 1970, for the life of tokens.
    let now: () -> Int64
    let assets: Assets
    /// First words of the paths of pages.
    let pageRooms: Set<String>
    let navigation: [PageLayout.NavigationItem]

    package init(
        routes: [Route], keys: Keys, photos: PhotoFolder, assets: Assets = Assets(), now: @escaping () -> Int64
    ) {
        router = Router(routes)
        self.assets = assets
        pageRooms = Set(routes.filter(\.isPage).map { Self.room($0.path) })
        navigation = routes.compactMap { route in
            route.navigationLabel.map { .init(path: route.path, label: $0, access: route.access) }
        }
        self.keys = keys
        self.photos = photos
        tokens = TokenCache(keys.tokens)
        self.now = now
    }

    /// The answer to one request and what its log line needs.
    ///
    /// Never throws: whatever fails becomes an answer.
    package func respond(to request: Request, database: Database) -> Outcome {
        var outcome = Outcome(response: Response(500))
        outcome.frame = frame(of: request)
        do {
            outcome.response = try answer(request, database, &outcome)
        } catch let error {
            outcome.fail(error, request)
            // A form that was wrong is told to those whose token still counts.
            if outcome.response.status == 403 || outcome.response.status == 400 && outcome.frame == nil {
                refuse(request, &outcome, database)
            }
        }
        outcome.finish(request)
        return outcome
    }

    /// Somebody who asks for what they may not do is written down, once the database has said that the token still counts.
    ///
    /// One that no longer does, because the account has another role now, is disabled or logged out, is a 401: clients
    /// renew their token on that, and on nothing else. Whatever else the database says changes no answer.
    private func refuse(_ request: Request, _ outcome: inout Outcome, _ database: Database) {
        guard let caller = outcome.caller, let route = outcome.route else { return }
        let record = Statement(
            "select api.record_refusal($1, $2, $3, $4, $5)", name: "record_refusal",
            parameters: [
                .integer(caller.userID), .text(route.method.rawValue), .text(route.path), .text(request.id),
                .text(request.address),
            ])
        do {
            _ = try database.run([caller.requirement] + (outcome.response.status == 403 ? [record] : []))
        } catch {
            if HTTPError(error).status == 401 { outcome.fail(error, request) }
        }
    }

    /// The answer to a request that could not even be read.
    package func refuse(
        _ error: HTTPError, method: String, path: String, parameters: [String: String]
    ) -> (Request, Outcome) {
        let request = Request(unreadable: method, path: path, parameters: parameters)
        var outcome = Outcome(response: Response(500))
        outcome.frame = frame(of: request)
        outcome.response = outcome.frame?.refusal(error) ?? error.response(to: request)
        if case .found(let routes, _) = router.place(path) { outcome.allow(routes) }
        outcome.finish(request)
        return (request, outcome)
    }

    private func answer(_ request: Request, _ database: Database, _ outcome: inout Outcome) throws -> Response {
        switch router.place(request.path) {
        case .unknown: throw HTTPError.notFound()
        case .needsSlash: return redirect(request)
        case .found(let routes, let captures):
            outcome.allow(routes)
            if outcome.frame != nil {
                var request = request
                request.captures = captures
                return try answerPage(request, from: routes, database, &outcome)
            }
            let isRead = [Method.get.rawValue, Method.head.rawValue].contains(request.method)
            if !routes.contains(where: \.isFile) {
                try ContentNegotiation.check(request, offersCSV: isRead && routes.contains(where: \.isExportable))
            }
            var request = request
            request.captures = captures
            return try answer(request, from: routes, database, &outcome)
        }
    }

    private func answer(
        _ request: Request, from routes: [Route], _ database: Database, _ outcome: inout Outcome
    ) throws -> Response {
        let method = request.method == Method.head.rawValue ? Method.get.rawValue : request.method
        let route = routes.first { $0.method.rawValue == method }
        // As the legacy API: a caller unknown to us hears 401 before 405.
        let access = route?.access ?? (routes.allSatisfy { $0.access == .anyone } ? .anyone : .signedIn)
        let device = access.admitsDevices ? try Authentication.device(request, keys.devices, now: now()) : nil
        let isOpen = access == .anyone || device != nil
        let caller = isOpen ? nil : try Authentication.caller(request, tokens, now: now())
        outcome.caller = caller
        if request.method == Method.options.rawValue {
            return Options.answer(routes, for: caller, request.language)
        }
        guard let route else { throw HTTPError(405, .methodNotAllowed(request.method)) }
        outcome.route = route
        if let caller, !route.access.admits(caller.role) { throw HTTPError.forbidden }
        let context = Context(
            database: database, keys: keys, photos: photos, request: request, caller: caller, device: device, now: now()
        )
        let work = try route.prepare(request)
        if route.isRepeatable, let key = try IdempotencyKey(request) { return try key.answer(context, once: work) }
        let response = try work(context)
        return route.method == .get ? try response.revalidated(for: request) : response
    }

    /// The legacy API answers 301 to the slash, whatever the method, and keeps the query.
    private func redirect(_ request: Request) -> Response {
        let query = request.query.isEmpty ? "" : "?" + QueryItem.encode(request.query)
        return Response(
            301,
            headers: [
                Header("Content-Type", "text/html; charset=utf-8"),
                Header.location(URLPath.encode(request.path) + "/" + query),
            ])
    }
}

/// The answer to a request and what its log line says about it.
package struct Outcome {
    package var response: Response
    /// The row of the table that answered; nil when none did.
    package internal(set) var route: Route?
    package internal(set) var caller: Caller?
    /// What failed on our side, with facts no client may see; nil when nothing did.
    package internal(set) var fault: String?
    private var allowed: String?
    /// Of a page; nil for an answer to a program.
    var frame: PageLayout?

    init(response: Response) {
        self.response = response
    }

    /// Names the methods of the path, in the legacy API's order, for `Allow`.
    mutating func allow(_ routes: [Route]) {
        let methods = routes.map(\.method)
        var names = Method.allCases.filter { methods.contains($0) }
        if methods.contains(.get) { names.append(.head) }
        allowed = (names + [.options]).map(\.rawValue).joined(separator: ", ")
    }

    /// The answer to what went wrong.
    package mutating func fail(_ error: any Error, _ request: Request) {
        let known = HTTPError(error)
        response = frame?.refusal(known) ?? known.response(to: request)
        // What went wrong on our side is for the log alone.
        if known.status >= 500 { fault = String(reflecting: error) }
    }

    /// Headers every API answer carries, however it came about.
    package mutating func finish(_ request: Request) {
        if let allowed { response.headers.append(Header("Allow", allowed)) }
        response.headers.append(Header("Vary", "Accept, origin"))
        if !response.headers.contains(where: { $0.name == "Cache-Control" }) {
            response.headers.append(Header("Cache-Control", "no-store"))
        }
        response.headers.append(Header("Content-Language", (frame?.language ?? request.language).code))
    }
}
