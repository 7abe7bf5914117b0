package import Images
package import PostgreSQL

/// The request -> response pipeline: route, method, caller, input, work, answer; one for every kind of client.
package struct Application {
    private let router: Router
    private let keys: Keys
    private let photos: PhotoFolder
    private let clients: [any ClientKind]
    private let programs: APIClients
    private let now: () -> Int64

    /// - Parameters:
    ///   - clients: kinds of clients beside programs, asked in this order.
    ///   - now: seconds since 1970, for the life of tokens.
    package init(
        routes: [Route], keys: Keys, photos: PhotoFolder, clients: [any ClientKind] = [], programs: APIClients,
        now: @escaping () -> Int64
    ) {
        router = Router(routes)
        self.keys = keys
        self.photos = photos
        self.clients = clients
        self.programs = programs
        self.now = now
    }

    /// The answer to one request and what its log line needs.
    ///
    /// Never throws: whatever fails becomes an answer.
    package func respond(to request: Request, database: Database) -> Outcome {
        var outcome = Outcome(scope(of: request))
        do {
            outcome.response = try answer(request, database, &outcome)
        } catch let error {
            outcome.fail(error, request)
            // 401 wins over 400, too, where nothing has asked the database about the token yet.
            if outcome.response.status == 403 || outcome.response.status == 400 && !outcome.scope.hasCheckedCaller {
                refuse(request, &outcome, database)
            }
        }
        outcome.finish()
        return outcome
    }

    private func scope(of request: Request) -> any RequestScope {
        clients.lazy.compactMap { $0.scope(of: request) }.first ?? programs.scope(of: request)
    }

    /// Records a request that was refused with 403, once the database has confirmed that the token still counts.
    ///
    /// A token that no longer does (the account has another role by now, is disabled or logged out) is answered 401,
    /// because clients renew their token on that status alone. No other answer of the database changes the response.
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
        var outcome = Outcome(scope(of: request))
        outcome.fail(error, request)
        if case .found(let found, _) = router.match(path) { outcome.allowed = found.allowed }
        outcome.finish()
        return (request, outcome)
    }

    private func answer(_ request: Request, _ database: Database, _ outcome: inout Outcome) throws -> Response {
        switch router.match(request.path) {
        case .unknown: throw HTTPError.notFound()
        case .needsSlash: return redirect(request)
        case .found(let found, let captures):
            outcome.allowed = found.allowed
            var request = request
            request.captures = captures
            return try answer(request, from: found.routes, database, &outcome)
        }
    }

    private func answer(
        _ request: Request, from routes: [Route], _ database: Database, _ outcome: inout Outcome
    ) throws -> Response {
        let method = request.method == Method.head.rawValue ? Method.get.rawValue : request.method
        let route = routes.first { $0.method.rawValue == method }
        try outcome.scope.check(request, routes, route)
        // As the legacy API: a caller unknown to us hears 401 before 405.
        let access = route?.access ?? (routes.allSatisfy { $0.access == .anyone } ? .anyone : .signedIn)
        outcome.route = route
        let identity = try outcome.scope.authenticate(request, for: access, database, now: now())
        outcome.caller = identity.caller
        if let description = outcome.scope.describe(request, routes, for: identity.caller) { return description }
        guard let route else { throw HTTPError(405, .methodNotAllowed(request.method)) }
        try require(route.access, identity)
        try outcome.scope.confirm(request, route)
        let context = Context(
            database: database, keys: keys, photos: photos, request: request, identity: identity, now: now(),
            scope: outcome.scope, tally: outcome.tally)
        return try outcome.scope.respond(context, route, try route.prepare(request))
    }

    /// - Throws: 401 for nobody, 403 for a role that may not.
    private func require(_ access: Access, _ identity: Identity) throws(HTTPError) {
        guard access != .anyone, identity.device == nil else { return }
        guard let caller = identity.caller else { throw .unauthenticated(.detail(.notAuthenticated, code: nil)) }
        guard access.admits(caller.role) else { throw .forbidden }
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
    /// What is sent; 500 until there is something better.
    package var response = Response(500)
    /// The row of the route table that answered; nil when none did.
    package internal(set) var route: Route?
    /// The account that was authenticated; nil for nobody and for devices.
    package internal(set) var caller: Caller?
    /// What failed on our side, with facts no client may see; nil when nothing did.
    package internal(set) var fault: String?
    /// Why the request was refused, without the values of fields; nil when it was not.
    package internal(set) var refusal: String?
    /// The methods of the path, for `Allow`; nil where there is none.
    fileprivate(set) var allowed: String?
    var scope: any RequestScope
    let tally = Tally()
    /// What was counted (``Context/count(_:)``).
    package var counted: [String] { tally.names }

    init(_ scope: any RequestScope) {
        self.scope = scope
    }

    /// The answer to what went wrong.
    package mutating func fail(_ error: any Error, _ request: Request) {
        let known = HTTPError(error)
        response = scope.response(to: known, request)
        // What went wrong on our side is for the log alone.
        if known.status >= 500 { fault = String(reflecting: error) } else { refusal = known.summary }
    }

    /// Headers every answer of a worker carries, however it came about.
    package mutating func finish() {
        if let allowed { response.headers.append(Header("Allow", allowed)) }
        response.headers.append(Header("Vary", "Accept, origin"))
        if !response.headers.contains(where: { $0.name == "Cache-Control" }) {
            response.headers.append(Header("Cache-Control", "no-store"))
        }
        response.headers.append(Header("Content-Language", scope.language.code))
    }
}
