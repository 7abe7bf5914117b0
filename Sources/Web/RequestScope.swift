package import PostgreSQL

/// Clients that an application serves beside programs (``APIClients``): people with a browser.
///
/// All are served by one pipeline (``Application``); a kind of client says only what is different for it.
package protocol ClientKind {
    /// What is known of a request before its route is looked up; nil for one of another kind.
    func scope(of request: Request) -> (any RequestScope)?
}

/// One request as its kind of client sees it: who calls, what is checked besides, and how an answer looks.
package protocol RequestScope {
    /// In which people read the answer.
    var language: Language { get }
    /// Whether ``authenticate(_:for:_:now:)`` has asked the database, and not only looked at a token.
    var hasCheckedCaller: Bool { get }

    /// What can be told before the caller is known.
    ///
    /// - Parameter route: nil where the path has none for the method.
    /// - Throws: 403, 405, 406.
    func check(_ request: Request, _ routes: [Route], _ route: Route?) throws(HTTPError)

    /// Who calls.
    ///
    /// - Parameter now: seconds since 1970.
    /// - Throws: 401 for credentials that are not good.
    mutating func authenticate(
        _ request: Request, for access: Access, _ database: Database, now: Int64
    ) throws -> Identity

    /// What a request tells about a path instead of doing something; nil for every other request.
    func describe(_ request: Request, _ routes: [Route], for caller: Caller?) -> Response?

    /// What a request that changes something must show once its caller is known.
    /// - Throws: 403.
    func confirm(_ request: Request, _ route: Route) throws(HTTPError)

    /// Does the work of a route.
    func respond(_ context: Context, _ route: Route, _ work: Route.Answer) throws -> Response

    /// What went wrong, as this client reads it.
    func response(to error: HTTPError, _ request: Request) -> Response
}

/// Who sends a request, as far as its credentials say.
package struct Identity: Sendable {
    /// The account of a token or of a page session.
    package let caller: Caller?
    /// The device of a signature.
    package let device: SigningDevice?

    /// One of them, or nobody.
    package init(caller: Caller? = nil, device: SigningDevice? = nil) {
        self.caller = caller
        self.device = device
    }
}
