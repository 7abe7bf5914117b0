import AccessControl
import Images
import OpenAPI
import OperatingSystem
import Pages
import Web

/// The application, made again when keys were made or dropped.
///
/// Key files are checked at a request, at most once in five seconds. When they cannot be read the worker goes on with
/// the keys it has.
struct ReloadingApplication {
    private static let millisecondsBetweenChecks: Int64 = 5_000

    private let store: KeyStore
    private let photos: PhotoFolder
    private let pool: Pool
    private let assets: Assets
    private var application: Application
    private var state: [[Int]]
    private var nextCheck: Int64

    init(_ store: KeyStore, pool: Pool, photos: PhotoFolder, assets: Assets) throws {
        self.store = store
        self.photos = photos
        self.assets = assets
        self.pool = pool
        // Read before the keys: a change in between is then found at the next check.
        state = try store.state(now: Time.wallSeconds())
        application = try Self.make(store, photos, assets)
        nextCheck = Time.monotonicMilliseconds() + Self.millisecondsBetweenChecks
    }

    /// The application for one request.
    mutating func now() -> Application {
        let time = Time.monotonicMilliseconds()
        if time >= nextCheck {
            nextCheck = time + Self.millisecondsBetweenChecks
            do { try check() } catch { Log.event("keys unreadable", pool: pool.rawValue) }
        }
        return application
    }

    private mutating func check() throws {
        let found = try store.state(now: Time.wallSeconds())
        guard found != state else { return }
        application = try Self.make(store, photos, assets)
        state = found
        Log.event("keys changed", pool: pool.rawValue)
    }

    private static func make(_ store: KeyStore, _ photos: PhotoFolder, _ assets: Assets) throws -> Application {
        let keys = try store.load()
        return Application(
            routes: routeTable, keys: keys, photos: photos, clients: [PageClients(routeTable, keys, assets)],
            programs: APIClients(keys, devices: GateSignatures(), describe: LegacyOptions.answer),
            now: Time.wallSeconds)
    }
}
