package import PostgreSQL

/// What the database says of itself.
///
/// - SQL: `api.system_facts`, `api.last_jobs` (sql/functions/server/), `api.outbox_facts` (sql/functions/outbox/).
package struct DatabaseFacts: Sendable {
    /// The newest migration that has run, such as `0022_jobs`.
    package let schema: String
    /// Its clock, in milliseconds since 1970.
    package let clockMilliseconds: Int64
    /// By how many seconds its clock is behind the newest entry of the access log; zero or less when it is not.
    package let clockBehind: Int64
    /// Months behind the present one for which the log has tables; -1 when the present one has none.
    package let logMonthsAhead: Int64
    /// Its version, such as `15.14`.
    package let server: String
    /// Since when it runs, in seconds since 1970.
    package let startedAt: Int64
    /// What must reach the world outside.
    package let outbox: Outbox
    /// The regular commands.
    package let jobs: [Job]

    /// Doors and messages.
    package struct Outbox: Sendable {
        /// In use.
        package let doors: Int64
        /// Of those, how many say that something is wrong.
        package let inTrouble: Int64
        /// Messages that wait or have no answer yet.
        package let waiting: Int64
        /// Processes that hand them over.
        package let processes: Int64
    }

    /// The last runs of a regular command, in seconds since 1970.
    package struct Job: Sendable {
        /// `maintain`, `backup` or `proof`.
        package let name: String
        /// When it was last begun; nil for never.
        package let lastRun: Int64?
        /// Whether that run succeeded; nil while it runs, or where it was killed.
        package let succeeded: Bool?
        /// When one last succeeded; nil for never.
        package let lastSuccess: Int64?
    }

    /// What to ask.
    package static let statements = [
        Statement(
            "select schema_version, clock_ms, clock_behind, log_months_ahead, server, started_at from api.system_facts()",
            name: "system_facts"),
        Statement(
            "select job, extract(epoch from last_run)::bigint, last_succeeded, extract(epoch from last_success)::bigint"
                + " from api.last_jobs()", name: "last_jobs"),
        Statement("select doors, in_trouble, waiting, processes from api.outbox_facts()", name: "outbox_facts"),
    ]

    /// - Parameter rows: what the database answered to ``statements``.
    package init(_ rows: [Rows]) throws {
        let row = try rows[0].single()
        schema = try row.optionalText(0) ?? ""
        clockMilliseconds = try row.integer(1)
        clockBehind = try row.integer(2)
        logMonthsAhead = try row.integer(3)
        server = try row.text(4)
        startedAt = try row.integer(5)
        let outside = try rows[2].single()
        outbox = Outbox(
            doors: try outside.integer(0), inTrouble: try outside.integer(1), waiting: try outside.integer(2),
            processes: try outside.integer(3))
        jobs = try rows[1].map {
            Job(
                name: try $0.text(0), lastRun: try $0.optionalInteger(1), succeeded: try $0.optionalBool(2),
                lastSuccess: try $0.optionalInteger(3))
        }
    }

    func job(_ name: String) -> Job? { jobs.first { $0.name == name } }
}
