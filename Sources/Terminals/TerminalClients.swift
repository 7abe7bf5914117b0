import PostgreSQL
package import Web

/// Door terminals: each request says its serial number, which the database checks in the statement that does the work.
///
/// Whatever goes wrong is a line of plain text: some firmware takes JSON or a page for a failure of the network, and sends
/// the same again for ever.
package struct TerminalClients: ClientKind {
    /// There is nothing to set.
    package init() {}

    /// Every request: nobody else reaches the pool.
    package func scope(of request: Request) -> (any RequestScope)? { TerminalScope() }
}

private struct TerminalScope: RequestScope {
    let language = Language.english
    let hasCheckedCaller = true

    func check(_ request: Request, _ routes: [Route], _ route: Route?) throws(HTTPError) {
        guard route != nil else { throw HTTPError(405, .methodNotAllowed(request.method)) }
    }

    func authenticate(
        _ request: Request, for access: Access, _ database: Database, now: Int64
    ) throws -> Identity { Identity() }

    func describe(_ request: Request, _ routes: [Route], for caller: Caller?) -> Response? { nil }

    func confirm(_ request: Request, _ route: Route) throws(HTTPError) {}

    func respond(_ context: Context, _ route: Route, _ work: Route.Answer) throws -> Response { try work(context) }

    func response(to error: HTTPError, _ request: Request) -> Response {
        .plain("ERROR", status: error.status)
    }
}

extension Response {
    /// What a terminal reads.
    static func plain(_ text: String, status: Int = 200) -> Response {
        Response(status, headers: [Header("Content-Type", "text/plain")], body: Array((text + "\n").utf8))
    }
}
