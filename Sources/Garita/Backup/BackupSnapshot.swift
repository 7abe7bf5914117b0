import PostgreSQL

/// One moment of the database: what the backup's files, counts and photos all show.
struct BackupSnapshot {
    /// As `pg_dump --snapshot` takes it; good until the transaction ends.
    let id: String
    /// Its time in UTC, as backups are named.
    let name: String
    /// The same, in seconds since 1970.
    let takenAt: Int64
    let schema: String
    let server: String
    let counts: [BackupManifest.Count]
    /// The names that rows give their photos.
    let photos: [String]
    /// Backups of this name and later are kept.
    let keepFrom: String

    /// Takes a snapshot and does the work inside its transaction.
    ///
    /// It locks nothing that a request needs: reading holds `ACCESS SHARE`, which only changes of the schema wait for.
    /// - Parameter days: how long backups are kept, at most.
    static func take<Value>(_ database: Database, days: Int64, _ work: (BackupSnapshot) throws -> Value) throws -> Value
    {
        try database.transaction {
            _ = try database.run(Statement("set transaction isolation level repeatable read, read only"))
            return try work(try BackupSnapshot(database, days: days))
        }
    }

    private init(_ database: Database, days: Int64) throws {
        let row = try database.run(Statement(Self.facts, parameters: [.integer(days)])).single()
        id = try row.text(0)
        name = try row.text(1)
        takenAt = try row.integer(2)
        schema = try row.text(3)
        server = try row.text(4)
        keepFrom = try row.text(5)
        counts = try Self.count(database)
        photos = try database.run(Statement(Self.named)).map { try $0.text(0) }
    }

    /// Rows of every table of Garita, a partitioned one counted as one.
    static func count(_ database: Database) throws -> [BackupManifest.Count] {
        try database.run(Statement(tables)).map { row in
            let table = try row.text(0)
            let rows = try database.run(Statement("select count(*) from \(table)")).single().integer(0)
            return BackupManifest.Count(table: table, rows: rows)
        }
    }

    private static let tables = """
        select format('%I.%I', n.nspname, c.relname)
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'garita' and c.relkind in ('r', 'p') and not c.relispartition
        order by 1
        """

    /// No backup is kept for longer than any residence keeps what it holds.
    private static let facts = """
        select pg_export_snapshot(), to_char(now() at time zone 'UTC', '\(form)'), extract(epoch from now())::bigint,
            (select max(m.version) from garita.schema_migrations m where m.version ~ '^[0-9]'),
            current_setting('server_version'),
            to_char((now() - interval '1 day' * least($1, (
                select min(least(s.visitor_days, s.log_name_days, s.resident_days)) from garita.sites s)))
                at time zone 'UTC', '\(form)')
        """

    private static let form = #"YYYYMMDD"T"HH24MISS"Z""#

    private static let named = """
        select u.photo from garita.users u where u.photo <> ''
        union select r.photo from garita.residents r where r.photo <> ''
        union select v.photo from garita.visitors v where v.photo <> ''
        """
}
