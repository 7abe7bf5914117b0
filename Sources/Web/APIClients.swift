import Cryptography
import PostgreSQL

/// Clients that are programs: a token or a device's signature says who calls; answers are JSON.
///
/// They are served wherever no other kind of client (``ClientKind``) is.
package struct APIClients {
    /// What `OPTIONS` tells of the routes of one path, to a caller or to anybody.
    package typealias Describe = @Sendable ([Route], Caller?, Language) -> Response

    private let tokens: TokenCache
    private let keys: Keys
    private let devices: any DeviceAuthenticator
    private let describe: Describe

    /// - Parameters:
    ///   - devices: knows the signatures of devices.
    ///   - describe: answers `OPTIONS`.
    package init(_ keys: Keys, devices: any DeviceAuthenticator, describe: @escaping Describe) {
        self.keys = keys
        self.devices = devices
        self.describe = describe
        tokens = TokenCache(keys.tokens)
    }

    func scope(of request: Request) -> any RequestScope {
        Scope(language: request.language, clients: self)
    }

    /// One request of a program.
    private struct Scope: RequestScope {
        let language: Language
        let clients: APIClients

        /// A token alone says nothing about whether its account still lives.
        var hasCheckedCaller: Bool { false }

        func check(_ request: Request, _ routes: [Route], _ route: Route?) throws(HTTPError) {
            guard !routes.contains(where: { $0.traits.contains(.file) }) else { return }
            let isRead = [Method.get.rawValue, Method.head.rawValue].contains(request.method)
            try ContentNegotiation.check(
                request, offersFiles: isRead && routes.contains { $0.traits.contains(.exportable) })
        }

        func authenticate(
            _ request: Request, for access: Access, _ database: Database, now: Int64
        ) throws -> Identity {
            if access == .anyone { return Identity() }
            if access.admitsDevices, let device = try clients.devices.device(of: request, clients.keys, now: now) {
                return Identity(device: device)
            }
            return Identity(caller: try Authentication.caller(request, clients.tokens, now: now))
        }

        func describe(_ request: Request, _ routes: [Route], for caller: Caller?) -> Response? {
            request.method == Method.options.rawValue ? clients.describe(routes, caller, language) : nil
        }

        func confirm(_ request: Request, _ route: Route) throws(HTTPError) {}

        func respond(_ context: Context, _ route: Route, _ work: Route.Answer) throws -> Response {
            if route.traits.contains(.repeatable), let key = try IdempotencyKey(context.request) {
                return try key.answer(context, once: work)
            }
            let response = try work(context)
            return route.method == .get ? try response.revalidated(for: context.request) : response
        }

        func response(to error: HTTPError, _ request: Request) -> Response { error.response(to: request) }
    }
}

/// Tells which device signed a request, where one did.
package protocol DeviceAuthenticator: Sendable {
    /// - Parameter now: seconds since 1970.
    /// - Returns: nil for a request without a signature.
    /// - Throws: 401 when the signature is not good.
    func device(of request: Request, _ keys: Keys, now: Int64) throws(HTTPError) -> SigningDevice?
}
