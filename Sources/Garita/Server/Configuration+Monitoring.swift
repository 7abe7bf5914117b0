import Monitoring
import OperatingSystem
import PostgreSQL
import Scoreboard
import Terminals
import Web

/// What is counted, by this version.
let counterPlan = CounterPlan(routeTable + terminalRoutes)

extension Configuration {
    /// Where to find what there is to be told of the system.
    /// - Throws: when the folder of the SQL files cannot be read.
    func monitoredSystem() throws -> MonitoredSystem {
        let database = databaseFolder.map { [MonitoredSystem.Folder(name: "database", path: $0)] } ?? []
        return MonitoredSystem(
            scoreboards: scoreboards, pools: Pool.allCases.map(\.rawValue), layout: counterPlan.layout,
            version: Version.current, schema: try newestMigration(),
            folders: [MonitoredSystem.Folder(name: "photos", path: photos)] + database,
            certificate: tls.map { "\($0)/fullchain.pem" })
    }

    /// The counters of one worker; a pool whose file cannot be used goes on without.
    func meter(_ pool: String, deadlineMilliseconds: Int) -> Meter {
        do {
            return try Meter(counterPlan, folder: scoreboards, pool: pool, slowMilliseconds: deadlineMilliseconds / 2)
        } catch {
            Log.event("not counted", pool: pool, error.description, level: .warning)
            return Meter(counterPlan)
        }
    }

    /// As a process begins with it: what lies in the folder later may belong to the next version.
    private func newestMigration() throws -> String? {
        try sql.flatMap {
            try Directories.names(in: "\($0)/migrations").last { $0.hasSuffix(".sql") }.map {
                String($0.dropLast(".sql".count))
            }
        }
    }

    /// Asks the database for what it says of itself.
    ///
    /// - Parameter database: as ``statusRole``.
    static func facts(_ database: Database) -> Result<DatabaseFacts, any Error> {
        Result { try DatabaseFacts(database.run(DatabaseFacts.statements)) }
    }

    /// The database as the role that may read nothing but what `api.system_facts` and `api.last_jobs` tell.
    func statusDatabase() -> Database { database(as: Self.statusRole, deadlineMilliseconds: 700) }

    private static let statusRole = "garita_status"
}
