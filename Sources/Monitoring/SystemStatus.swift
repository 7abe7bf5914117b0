import Cryptography
import OperatingSystem
package import Scoreboard
import Web

/// What runs, since when, and what is in trouble: the same facts for Prometheus, the terminal and the pages.
package struct SystemStatus {
    /// The version of the program.
    package let version: String
    /// When it was asked, in seconds since 1970.
    package let at: Int64
    /// The pools that serve, and the one that tells this; empty where no scoreboards are kept.
    package let pools: [PoolFigures]
    /// Nil when it cannot be asked.
    package let database: DatabaseFacts?
    /// The disks of ``MonitoredSystem/folders``.
    package let disks: [Disk]
    /// Until when the certificate is valid, in seconds since 1970; nil where it is not known.
    package let certificateExpiry: Int64?
    /// What must be right.
    package let parts: [Part]

    /// The disk of a folder.
    package struct Disk {
        /// `photos` or `database`.
        package let name: String
        let space: DiskSpace?
        /// Room in bytes; nil when it cannot be looked at.
        package var free: Int64? { space?.free }
        /// Its size in bytes; nil when it cannot be looked at.
        package var total: Int64? { space?.total }
    }

    /// Looks at everything.
    ///
    /// - Parameters:
    ///   - routes: whether the counters of routes are wanted too.
    ///   - database: what the database says, or why it does not.
    ///   - problems: what is wrong with the settings.
    package init(
        of system: MonitoredSystem, routes: Bool, database: Result<DatabaseFacts, any Error>,
        problems: [String] = []
    ) {
        version = system.version
        at = Time.wallSeconds()
        pools = Self.pools(system, words: routes ? system.layout.words : CounterPlan.Counter.routes)
        disks = system.folders.map { Disk(name: $0.name, space: try? DiskSpace(of: $0.path)) }
        let certificate = system.certificate.map { CertificateExpiry(file: $0) }
        certificateExpiry = certificate?.seconds
        self.database = try? database.get()
        let checks = Checks(now: at, system: system, pools: pools, disks: disks)
        parts =
            checks.settings(problems) + [checks.workers] + checks.database(database) + [checks.keys, checks.disk]
            + checks.outbox(self.database) + checks.jobs(self.database)
            + (certificate.map { [checks.certificate($0)] } ?? [])
    }

    /// The worst of all parts.
    package var level: Part.Level { parts.map(\.level).max() ?? .ok }
    /// What is not right, the worst first.
    package var troubles: [Part] {
        parts.filter { $0.level == .fail } + parts.filter { $0.level == .warning }
    }

    private static func pools(_ system: MonitoredSystem, words: Int) -> [PoolFigures] {
        guard let folder = system.scoreboards else { return [] }
        let queues = (try? ListeningSockets.queues()) ?? [:]
        return (system.pools + [MonitoredSystem.statusPool]).map { pool in
            (try? PoolFigures(pool, system, folder: folder, words: words, queues: queues)) ?? PoolFigures(empty: pool)
        }
    }

    /// The longest queue that the status worker has seen in front of a pool.
    package func longestQueue(ofPool place: Int) -> Int64 {
        pools.last?.longest(CounterPlan.Counter.longestQueue + place) ?? 0
    }
}
