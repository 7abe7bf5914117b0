import ArgumentParser
import Scoreboard

/// What workers serve: a pool, or the state of all of them.
enum Served: ExpressibleByArgument, Equatable {
    case pool(Pool)
    case status

    init?(argument: String) {
        if argument == MonitoredSystem.statusPool { self = .status; return }
        guard let pool = Pool(rawValue: argument) else { return nil }
        self = .pool(pool)
    }

    static let allValueStrings = Pool.allCases.map(\.rawValue) + [MonitoredSystem.statusPool]

    /// As commands, the log and files say it.
    var name: String {
        switch self {
        case .pool(let pool): pool.rawValue
        case .status: MonitoredSystem.statusPool
        }
    }

    /// Settings that none of its processes reads: a wrong one is the business of others.
    var foreignSettings: [Setting] {
        Pool.allCases.filter { self != .pool($0) }.map(Setting.workers)
            + [.pools, .corsAllowedOrigins, .site, .backups, .backupRecipients, .backupDays]
    }

    /// How many workers there are: one is enough to tell how the others are.
    func workers(_ configuration: Configuration) -> Int {
        switch self {
        case .pool(let pool): configuration.workers(of: pool)
        case .status: 1
        }
    }

    /// How many requests may wait for each worker.
    var placesPerWorker: Int {
        switch self {
        case .pool(let pool): pool.placesPerWorker
        case .status: 16
        }
    }
}
