import ArgumentParser
import Scoreboard

/// What is kept running: the workers of a pool, what tells the state of all of them, what empties the outbox.
enum Served: ExpressibleByArgument, Equatable {
    case pool(Pool)
    case status
    /// Nobody asks it: it hands over what the outbox holds.
    case outbox

    init?(argument: String) {
        if argument == MonitoredSystem.statusPool { self = .status; return }
        if argument == OutboxProcess.name { self = .outbox; return }
        guard let pool = Pool(rawValue: argument) else { return nil }
        self = .pool(pool)
    }

    static let allValueStrings = Pool.allCases.map(\.rawValue) + [MonitoredSystem.statusPool, OutboxProcess.name]

    /// As commands, the log and files say it.
    var name: String {
        switch self {
        case .pool(let pool): pool.rawValue
        case .status: MonitoredSystem.statusPool
        case .outbox: OutboxProcess.name
        }
    }

    /// Settings that none of its processes reads: a wrong one is the business of others.
    var foreignSettings: [Setting] {
        Pool.allCases.filter { self != .pool($0) }.map(Setting.workers)
            + [.pools, .corsAllowedOrigins, .site, .backups, .backupRecipients, .backupDays]
            + (self == .outbox ? [] : [.deviceNetworks, .webhookNetworks])
    }

    /// How many workers there are: one is enough to tell how the others are, and for the outbox.
    func workers(_ configuration: Configuration) -> Int {
        switch self {
        case .pool(let pool): configuration.workers(of: pool)
        case .status, .outbox: 1
        }
    }

    /// How many requests may wait for each worker; nil for what takes none.
    var placesPerWorker: Int? {
        switch self {
        case .pool(let pool): pool.placesPerWorker
        case .status: 16
        case .outbox: nil
        }
    }

    /// What starts one of its workers, behind the name of the executable.
    var command: [String] { self == .outbox ? ["outbox"] : ["worker", name] }
}
