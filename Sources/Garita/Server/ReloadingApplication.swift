import AccessControl
import Images
import Monitoring
import OpenAPI
import OperatingSystem
import Pages
import Terminals
import Web

/// The application, made again when keys were made or dropped.
///
/// Key files are checked once a second, at a request or while there is none. When they cannot be read the worker goes on
/// with the keys it has, and says so (``Meter``).
struct ReloadingApplication {
    private static let millisecondsBetweenChecks: Int64 = 1_000

    private let store: KeyStore
    private let photos: PhotoFolder
    private let pool: Pool
    private let assets: Assets
    private let meter: Meter
    private var areReadable = true
    private var application: Application
    private var state: [[Int]]
    private var nextCheck: Int64

    init(_ store: KeyStore, pool: Pool, photos: PhotoFolder, assets: Assets, meter: Meter) throws {
        self.store = store
        self.photos = photos
        self.assets = assets
        self.meter = meter
        self.pool = pool
        // Read before the keys: a change in between is then found at the next check.
        state = try store.state(now: Time.wallSeconds())
        application = try Self.make(store, pool, photos, assets)
        nextCheck = Time.monotonicMilliseconds() + Self.millisecondsBetweenChecks
        meter.tellKeys(oldest: try store.oldestInUse(now: Time.wallSeconds()), areReadable: true)
    }

    /// The application for one request.
    mutating func now() -> Application {
        let time = Time.monotonicMilliseconds()
        if time >= nextCheck {
            nextCheck = time + Self.millisecondsBetweenChecks
            tell(isReadable: (try? check()) != nil)
        }
        return application
    }

    /// Said once when it changes: a worker looks often.
    private mutating func tell(isReadable: Bool) {
        guard isReadable != areReadable else { return }
        areReadable = isReadable
        meter.tellKeys(oldest: try? store.oldestInUse(now: Time.wallSeconds()), areReadable: isReadable)
        Log.event(
            isReadable ? "keys readable again" : "keys unreadable", pool: pool.rawValue,
            level: isReadable ? .info : .error)
    }

    private mutating func check() throws {
        try store.requireReadable()
        let found = try store.state(now: Time.wallSeconds())
        guard found != state else { return }
        application = try Self.make(store, pool, photos, assets)
        state = found
        meter.tellKeys(oldest: try store.oldestInUse(now: Time.wallSeconds()), areReadable: true)
        Log.event("keys changed", pool: pool.rawValue)
    }

    private static func make(
        _ store: KeyStore, _ pool: Pool, _ photos: PhotoFolder, _ assets: Assets
    ) throws -> Application {
        let keys = try store.load()
        // Terminals prove little of who they are: what they reach knows no other route.
        let isForTerminals = pool == .device
        return Application(
            routes: isForTerminals ? terminalRoutes : routeTable, keys: keys, photos: photos,
            clients: isForTerminals ? [TerminalClients()] : [PageClients(routeTable, keys, assets)],
            programs: APIClients(keys, devices: GateSignatures(), describe: LegacyOptions.answer),
            now: Time.wallSeconds)
    }
}
