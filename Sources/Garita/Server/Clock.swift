import PostgreSQL

/// The database's clock, by which everything is decided: it must not be behind what it has already written.
enum Clock {
    /// How far the clock is behind the newest entry of the access log; nil up to 5 seconds.
    ///
    /// - SQL: `api.clock_lag` (sql/functions/server/clock_lag.sql).
    static func secondsBehind(_ database: Database) throws -> Int64? {
        let lag = try database.run(Statement("select api.clock_lag()", name: "clock_lag")).single().integer(0)
        return lag > 5 ? lag : nil
    }
}
