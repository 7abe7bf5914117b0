import Cryptography
import PostgreSQL

/// Brings the database to the schema of the files: numbered migrations forward only, then functions and policies whole.
struct Migrator {
    let database: Database
    let files: SQLFiles

    /// The number of an advisory lock ("garita" in ASCII): two migrations at once would make the same tables.
    private static let lock: Int64 = 0x6761_7269_7461
    /// The version under which the checksum of functions and policies is stored.
    private static let repeatable = "functions"

    /// What is to be done, in order: versions of migrations, and `functions` when those changed.
    /// - Throws: `CommandFailure.badData` when a migration that has run was edited or is gone.
    func plan() throws -> [String] {
        let applied = try applied()
        for (version, checksum) in applied where version != Self.repeatable {
            guard let file = files.migrations.first(where: { $0.name == version }) else {
                throw CommandFailure.badData(
                    "\(version) has run but its file is gone: the database is newer than these files")
            }
            guard file.checksum == checksum else {
                throw CommandFailure.badData("\(version) was edited after it had run; put the file back, add a new one")
            }
        }
        let pending = files.migrations.map(\.name).filter { applied[$0] == nil }
        return pending + (applied[Self.repeatable] == files.repeatableChecksum ? [] : [Self.repeatable])
    }

    /// Runs the plan, each migration in a transaction of its own.
    /// - Returns: what was done.
    func run() throws -> [String] {
        _ = try database.run(Statement("select pg_advisory_lock($1)", parameters: [.integer(Self.lock)]))
        try database.runScript(Self.bookkeeping)
        let plan = try plan()
        for file in files.migrations where plan.contains(file.name) {
            try apply([file], version: file.name, checksum: file.checksum)
        }
        if plan.contains(Self.repeatable) {
            try apply(files.repeatable, version: Self.repeatable, checksum: files.repeatableChecksum)
        }
        return plan
    }

    /// Versions that have run, with the checksum of what ran.
    func applied() throws -> [String: String] {
        let exists = try database.run(Statement("select to_regclass('garita.schema_migrations') is not null"))
        guard try exists.single().bool(0) else { return [:] }
        let rows = try database.run(Statement("select version, checksum from garita.schema_migrations"))
        return try Dictionary(rows.map { (try $0.text(0), try $0.text(1)) }, uniquingKeysWith: { _, last in last })
    }

    private func apply(_ files: [SQLFile], version: String, checksum: String) throws {
        try database.transaction {
            // Functions call each other, in any order of their files.
            try database.runScript("set local check_function_bodies = off")
            for file in files {
                do { try database.runScript(file.text) } catch {
                    throw CommandFailure.badData("\(file.name): \(String(reflecting: error))")
                }
            }
            _ = try database.run(
                Statement(
                    "insert into garita.schema_migrations (version, checksum) values ($1, $2)"
                        + " on conflict (version) do update"
                        + " set checksum = excluded.checksum, applied_at = clock_timestamp()",
                    parameters: [.text(version), .text(checksum)]))
        }
    }

    private static let bookkeeping = """
        create schema if not exists garita;
        create table if not exists garita.schema_migrations (
            version text primary key,
            checksum text not null,
            applied_at timestamptz not null default clock_timestamp()
        );
        """
}
