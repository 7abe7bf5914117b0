import OperatingSystem
import PostgreSQL
import Web

/// Restores a backup into a cluster that is thrown away, and tries what a residence needs of it.
struct Proof {
    let configuration: Configuration
    let backup: OpenedBackup
    let identity: String
    let files: SQLFiles
    /// Where the scratch cluster is made.
    let scratch: String
    /// A backup of the keys; nil for those of this machine.
    let keysFile: String?
    private static let memory = "/dev/shm"
    let journal: ErasureJournal?

    /// A line for each thing tried and each left out.
    /// - Throws: `CommandFailure.badData` with everything that does not hold.
    func run() throws -> [String] {
        guard let sql = configuration.sql else { throw Configuration.Problems(list: ["GARITA_SQL is not set"]) }
        let cluster = try ScratchCluster(in: scratch, sql: sql)
        // In memory: they open gates, and a disk may keep blocks of removed files.
        let memory = try keysFile.map { _ in try ScratchFolder(in: Self.memory) }
        defer { withExtendedLifetime(memory) {} }
        let keys = try openedKeys(in: memory)
        let place = configuration.replacing(database: cluster.connection)
        let database = try OwnerConnection.connect(place)
        let restoration = Restoration(
            backup: backup, identity: identity, files: files, journal: journal, endsPasses: false)
        try restoration.check(database)
        let report = try restoration.run(into: database)
        var lines = [
            "restored: \(counted(backup.manifest.counts.count, "table")),"
                + " \(counted(backup.manifest.counts.reduce(0) { $0 + $1.rows }, "row")), as the manifest has them",
            "migrated: \(report.migrations.isEmpty ? "nothing to do" : report.migrations.joined(separator: ", "))",
        ]
        lines += report.doubts
        var faults = try lines.adding(databaseChecks(database))
        let photos = try RestoredPhotos(backup: backup, identity: identity).check()
        lines.append("photos: \(counted(photos.files, "file")) decoded")
        faults += photos.faults
        if let keys {
            faults += try lines.adding(sealCheck(database, keys))
            faults += try lines.adding(ProofRequests(configuration: place, keys: keys, database: database).run())
        } else {
            lines.append("left out, without keys: seals of the log, signing in, deciding a code")
        }
        guard faults.isEmpty else { throw CommandFailure.badData(faults.joined(separator: "\n")) }
        return lines
    }

    private func openedKeys(in folder: ScratchFolder?) throws -> KeyStore? {
        if let keysFile, let folder {
            try KeyBackup.open(keysFile, with: identity, into: folder.path)
            return KeyStore(directory: folder.path)
        }
        let store = KeyStore(configuration)
        return (try? store.load()) == nil ? nil : store
    }

    /// Constraints, indexes, copies and the tables of the log.
    private func databaseChecks(_ database: Database) throws -> (lines: [String], faults: [String]) {
        var lines: [String] = []
        var faults: [String] = []
        for (name, sql) in Self.checks {
            let wrong = try database.run(Statement(sql)).map { "\(name): \(try $0.text(0))" }
            faults += wrong
            if wrong.isEmpty { lines.append("\(name): all right") }
        }
        return (lines, faults)
    }

    private func sealCheck(_ database: Database, _ keys: KeyStore) throws -> (lines: [String], faults: [String]) {
        let verifier = LogVerifier(database: database, keys: try keys.sealKeys(), witnessed: [:])
        let (faults, seals, rows) = try verifier.verify()
        return (["the log holds: \(counted(seals, "seal")), \(counted(rows, "row"))"], faults)
    }

    /// What is checked, and what lists the faults.
    private static let checks = [
        (
            "constraints",
            """
            select format('%s of %s is not validated', c.conname, c.conrelid::regclass)
            from pg_catalog.pg_constraint c
            where c.connamespace = 'garita'::regnamespace and not c.convalidated
            """
        ),
        (
            "indexes",
            """
            select format('%s is not valid', i.indexrelid::regclass)
            from pg_catalog.pg_index i where not (i.indisvalid and i.indisready)
            """
        ),
        ("copies", "select format('%s rows of %s are outdated', k.count, k.what) from garita.check_copies() k"),
        (
            "tables of the log",
            """
            select format('the month %s has none', to_char(m.first, 'YYYY-MM'))
            from (select distinct date_trunc('month', l."timestamp" at time zone 'UTC') from garita.access_logs l
                union select date_trunc('month', now() at time zone 'UTC') + n * interval '1 month'
                from generate_series(0, 3) n) m (first)
            where to_regclass('garita.access_logs_' || to_char(m.first, 'YYYYMM')) is null
            """
        ),
    ]
}

extension [String] {
    /// Takes the lines, and returns the faults.
    fileprivate mutating func adding(_ found: (lines: [String], faults: [String])) -> [String] {
        self += found.lines
        return found.faults
    }
}
