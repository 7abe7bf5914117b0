import AccessControl
import Images
import OpenAPI
import OperatingSystem
import Pages
import Web

/// The application with the keys of now.
///
/// Looks every few seconds, when a request comes, whether keys were made or dropped. Keys that cannot be read leave the
/// worker with those it has.
struct ReloadingApplication {
    private static let millisecondsBetweenLooks: Int64 = 5_000

    private let store: KeyStore
    private let photos: PhotoFolder
    private let pool: Pool
    private let assets: Assets
    private var application: Application
    private var state: [[Int]]
    private var nextLook: Int64

    init(_ store: KeyStore, pool: Pool, photos: PhotoFolder, assets: Assets) throws {
        self.store = store
        self.photos = photos
        self.assets = assets
        self.pool = pool
        // Read before the keys: a change in between is then seen at the next look.
        state = try store.state(now: Time.wallSeconds())
        application = try Self.make(store, photos, assets)
        nextLook = Time.monotonicMilliseconds() + Self.millisecondsBetweenLooks
    }

    /// To be asked for each request.
    mutating func now() -> Application {
        let time = Time.monotonicMilliseconds()
        if time >= nextLook {
            nextLook = time + Self.millisecondsBetweenLooks
            do { try look() } catch { Log.event("keys unreadable", pool: pool.rawValue) }
        }
        return application
    }

    private mutating func look() throws {
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
