import Cryptography
import PostgreSQL

/// Brings the database to the schema of the files: numbered migrations forward only, then functions and policies whole.
///
/// Migrations `0001` to ``baseline`` are the baseline: what older ones, numbered otherwise, had made before the first release. A
/// database that has all of those runs `upgrade/` instead, once, and counts as having run the baseline.
struct Migrator {
    let database: Database
    let files: SQLFiles

    /// The number of an advisory lock ("garita" in ASCII): two migrations at once would make the same tables.
    private static let lock: Int64 = 0x6761_7269_7461
    /// The version under which the checksum of the functions and policies in force is kept.
    private static let repeatable = "functions"
    /// The last migration of the baseline.
    private static let baseline = "0009_audit_and_imports"
    /// The first and the last migration of before the baseline, and the last commit that has them.
    private static let before = (first: "0001_foundation", last: "0050_code_digits", commit: "10892e3")

    /// What is to be done, in order: versions of migrations, and `functions` when those changed.
    /// - Throws: `CommandFailure.badData` when a migration that has run was edited or is gone.
    func plan() throws -> [String] {
        var applied = try applied()
        let upgrade = try isBeforeBaseline(applied) ? [files.upgrade.name] : []
        if !upgrade.isEmpty { applied = baseline.reduce(into: [:]) { $0[$1.name] = $1.checksum } }
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
        return upgrade + pending + (applied[Self.repeatable] == files.repeatableChecksum ? [] : [Self.repeatable])
    }

    /// Runs the plan in one transaction: functions that are in use never meet tables they were not written for.
    /// - Returns: what was done.
    func run() throws -> [String] {
        _ = try database.run(Statement("select pg_advisory_lock($1)", parameters: [.integer(Self.lock)]))
        try database.runScript(Self.bookkeeping)
        let plan = try plan()
        let progress = Progress(of: Int64(plan.count), .migrations)
        defer { progress.hide() }
        if plan.contains(files.upgrade.name) {
            progress.show(step: 1, files.upgrade.name)
            try apply([files.upgrade], as: baseline.map { ($0.name, $0.checksum) }) { _, _ in }
        }
        let migrations = files.migrations.filter { plan.contains($0.name) }
        var versions = migrations.map { ($0.name, $0.checksum) }
        var repeatable: [SQLFile] = []
        if plan.contains(Self.repeatable) {
            repeatable = files.repeatable + Self.afterwards
            versions.append((Self.repeatable, files.repeatableChecksum))
        }
        let reload = Progress(of: Int64(repeatable.count), .files)
        defer { reload.hide() }
        try apply(migrations + repeatable, as: versions) { index, file in
            if index < migrations.count {
                progress.show(step: Int64(clamping: index) + 1, file.name)
            } else {
                progress.hide()
                reload.show(Int64(clamping: index - migrations.count), file.name)
            }
        }
        return plan
    }

    /// Does work during which no migration may begin: the next one waits.
    static func holdingOff<Value>(_ database: Database, _ work: () throws -> Value) throws -> Value {
        _ = try database.run(Statement("select pg_advisory_lock($1)", parameters: [.integer(lock)]))
        defer { database.close() }
        return try work()
    }

    /// Versions that have run, with the checksum of what ran.
    func applied() throws -> [String: String] {
        let exists = try database.run(Statement("select to_regclass('garita.schema_migrations') is not null"))
        guard try exists.single().bool(0) else { return [:] }
        let rows = try database.run(Statement("select version, checksum from garita.schema_migrations"))
        return try Dictionary(rows.map { (try $0.text(0), try $0.text(1)) }, uniquingKeysWith: { _, last in last })
    }

    private var baseline: [SQLFile] { files.migrations.filter { $0.name <= Self.baseline } }

    /// - Throws: `CommandFailure.badData` for a database that stopped on the way to the last migration of before.
    private func isBeforeBaseline(_ applied: [String: String]) throws -> Bool {
        guard applied[Self.before.first] != nil else { return false }
        guard applied[Self.before.last] != nil else {
            throw CommandFailure.badData(
                "the database is older than \(Self.before.last): run garita migrate of commit \(Self.before.commit) first,"
                    + " then this one")
        }
        return true
    }

    /// Runs files and writes them down as versions: all in one transaction.
    private func apply(
        _ files: [SQLFile], as versions: [(name: String, checksum: String)], tell: (Int, SQLFile) -> Void
    ) throws {
        try database.transaction {
            // Functions call each other, in any order of their files.
            try database.runScript("set local check_function_bodies = off")
            for (index, file) in files.enumerated() {
                tell(index, file)
                do { try database.runScript(file.text) } catch {
                    throw CommandFailure.badData("\(file.name): \(String(reflecting: error))")
                }
            }
            for version in versions {
                _ = try database.run(
                    Statement(
                        "insert into garita.schema_migrations (version, checksum) values ($1, $2)"
                            + " on conflict (version) do update"
                            + " set checksum = excluded.checksum, applied_at = clock_timestamp()",
                        parameters: [.text(version.name), .text(version.checksum)]))
            }
        }
    }

    /// What follows the functions: those that no file creates any more go, and what is copied for decisions is copied anew.
    private static let afterwards = [
        SQLFile(name: "orphans", text: "select garita.drop_orphan_functions()"),
        SQLFile(name: "copies", text: "select garita.repair_copies()"),
    ]

    private static let bookkeeping = """
        create schema if not exists garita;
        create table if not exists garita.schema_migrations (
            version text primary key,
            checksum text not null,
            applied_at timestamptz not null default clock_timestamp()
        );
        """
}
