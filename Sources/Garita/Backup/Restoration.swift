import OperatingSystem
import PostgreSQL

/// Puts a backup into an empty database, and takes away what must not come back.
struct Restoration {
    let backup: OpenedBackup
    /// The file of the private key.
    let identity: String
    let files: SQLFiles
    /// What was erased since; nil where there is no list.
    let journal: ErasureJournal?
    /// Whether passes that may have been used since the backup are ended.
    let endsPasses: Bool

    /// What was done, for a report.
    struct Report {
        var migrations: [String] = []
        var repeated = 0
        var needed: [String] = []
        /// Entries of a kind that this version does not know.
        var unknown: [String] = []
        /// Numbers of lines of the list that cannot be read.
        var damaged: [Int] = []
        var sessions: Int64 = 0
        var links: Int64 = 0
        var passes: Int64 = 0
        var passesEnded: Int64 = 0

        /// What of the list of erasures somebody must look at.
        var doubts: [String] {
            needed.map { "still needed by other rows, look at it: \($0)" }
                + unknown.map { "not understood in the list of erasures, look at it: \($0)" }
                + damaged.map { "line \($0) of the list of erasures cannot be read: what it said is not done again" }
        }
    }

    /// - Throws: `CommandFailure.badData` for a backup of a newer Garita, a database that is not empty or in use.
    func check(_ database: Database) throws {
        guard files.migrations.contains(where: { $0.name == backup.manifest.schema }) else {
            throw CommandFailure.badData(
                "the backup is of Garita \(backup.manifest.version) with the schema \(backup.manifest.schema), which this"
                    + " version (\(Version.current)) does not know: install that version or a later one")
        }
        let row = try database.run(Statement(Self.state)).single()
        guard try row.integer(0) == 0 else {
            throw CommandFailure.badData("the database is not empty; a backup is restored into an empty one")
        }
        guard try row.integer(1) == 0 else {
            throw CommandFailure.badData("others are connected to the database: stop the pools first")
        }
    }

    /// Restores; nobody but the owner can connect before all of it is done.
    func run(into database: Database) throws -> Report {
        try database.runScript(Self.close)
        try load(database)
        let counts = try BackupSnapshot.count(database)
        for count in backup.manifest.counts where !counts.contains(count) {
            throw CommandFailure.badData("\(count.table): the backup's manifest tells another number of rows")
        }
        var report = Report()
        report.migrations = try Migrator(database: database, files: files).run()
        try forget(database, &report)
        _ = try MaintainCommand.keepPromises(database)
        try database.runScript("analyze")
        try database.runScript(Self.open)
        return report
    }

    /// In one transaction: a database that holds a part of it is empty again.
    private func load(_ database: Database) throws {
        let environment = try database.environment()
        let restore = Program(
            [
                try PostgreSQLPrograms.path(of: "pg_restore"), "--exit-on-error", "--single-transaction", "--no-owner",
                "--role=garita_owner", "--no-password", "--dbname=\(environment["PGDATABASE"] ?? "garita")",
            ], environment: environment)
        try Pipeline(Age.opening(with: identity), restore, from: try backup.file(BackupMaker.database)).run()
    }

    /// Sessions, links, passes in doubt, and once more everything that was erased since.
    private func forget(_ database: Database, _ report: inout Report) throws {
        try database.transaction {
            let row = try database.run(
                Statement(
                    "select sessions, links, passes, ended from garita.end_restored_time(to_timestamp($1::bigint), $2)",
                    parameters: [.integer(backup.manifest.takenAt), .bool(endsPasses)])
            ).single()
            (report.sessions, report.links) = (try row.integer(0), try row.integer(1))
            (report.passes, report.passesEnded) = (try row.integer(2), try row.integer(3))
            guard let journal else { return }
            // A change that was under way during the snapshot bears an earlier time.
            let since = try database.run(
                Statement(
                    "select to_char(to_timestamp($1::bigint) at time zone 'UTC' - interval '1 hour', $2)",
                    parameters: [.integer(backup.manifest.takenAt), .text(#"YYYY-MM-DD"T"HH24:MI:SS"#)])
            ).single().text(0)
            var (waiting, damaged) = try journal.toRepeat(since: since)
            report.damaged = damaged
            var before = 0
            repeat {
                before = waiting.count
                waiting = try waiting.filter { try !repeatErasure($0, database, &report) }
            } while !waiting.isEmpty && waiting.count < before
            report.needed = waiting.map { "\($0.kind) \($0.table) \($0.row)" }
        }
    }

    /// - Returns: false when another row still needs the one to go.
    private func repeatErasure(
        _ entry: ErasureJournal.Entry, _ database: Database, _ report: inout Report
    ) throws -> Bool {
        let outcome = try database.run(
            Statement(
                "select garita.repeat_erasure($1, $2, $3)", name: "repeat_erasure",
                parameters: [.text(entry.kind), .text(entry.table), .integer(entry.row)])
        ).single().text(0)
        if outcome == "done" { report.repeated += 1 }
        if outcome == "unknown" { report.unknown.append("\(entry.kind) \(entry.table) \(entry.row)") }
        return outcome != "needed"
    }

    private static let state = """
        select (select count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname in ('garita', 'api', 'public') and c.relkind in ('r', 'p', 'v', 'S')),
            (select count(*) from pg_catalog.pg_stat_activity a
                where a.datname = current_database() and a.usename in ('garita_gate', 'garita_auth', 'garita_app', 'garita_device'))
        """

    private static let close = """
        do $$ begin
            execute format('grant connect on database %I to garita_migrate', current_database());
            execute format('revoke all on database %I from public, garita_gate, garita_auth, garita_app, garita_device, garita_status, garita_outbox',
                current_database());
        end $$
        """

    /// A dump has no rights of the database itself: these are those of the migrations (0001, 0023).
    private static let open = """
        do $$ begin
            execute format('grant connect on database %I to garita_gate, garita_auth, garita_app, garita_device, garita_status, garita_outbox',
                current_database());
        end $$
        """
}
