import JSON
import PostgreSQL

/// The legacy system's own PostgreSQL database, read in one snapshot and never written to.
struct LegacyDatabase: LegacySource {
    /// Rows of one page: what one statement of the import takes.
    private static let pageSize = 1000
    /// Bytes of the JSON of one row; four texts of ten thousand characters are far below.
    private static let largestRow = 16 * 1024 * 1024

    private let database: Database
    /// Our tables, by model, as that server quotes their names.
    private let tables: [String: String]
    private let gateList: String?

    /// To be used inside of ``reading(_:_:)``.
    private init(_ database: Database) throws {
        self.database = database
        var tables: [String: String] = [:]
        for table in LegacyTable.all {
            tables[table.model] = try Self.find(table.signature, named: table.model, database)
        }
        self.tables = tables
        gateList = try Self.find(["accesscode_id", "accesspoint_id"], named: "access_points", database)
        let missing = LegacyTable.all.filter { tables[$0.model] == nil }
        guard missing.count < LegacyTable.all.count else {
            throw CommandFailure.badData("that database holds no table of the legacy system")
        }
    }

    /// Opens the database, and closes it when `body` is done.
    static func reading(_ conninfo: String, _ body: (LegacyDatabase) throws -> Void) throws {
        guard let connection = ConnectionText(conninfo) else {
            throw CommandFailure.badData("that is neither an address of PostgreSQL nor text that libpq reads")
        }
        let database = Database(
            DatabaseSettings(connection, deadlineMilliseconds: 600_000, applicationName: "garita"))
        defer { database.close() }
        try database.transaction {
            try database.runScript("set transaction isolation level repeatable read, read only")
            try body(LegacyDatabase(database))
        }
    }

    func contents() throws -> [LegacyContent] {
        let models = Dictionary(tables.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let names = try database.run(
            Statement(
                "select format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_class as c"
                    + " join pg_catalog.pg_namespace as n on n.oid = c.relnamespace where c.relkind in ('r', 'p')"
                    + " and not c.relispartition and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'"
                    // Django's own tables, which hold no data of a residence.
                    + " and c.relname not in ('django_migrations', 'django_content_type', 'auth_permission') order by 1"
            ))
        return try names.compactMap { row in
            let name = try row.text(0)
            guard name != gateList else { return nil }
            let model = models[name]
            let facts = try database.run(
                Statement(
                    "select count(*), \(model == nil ? "0" : "coalesce(max(id) filter (where id < 1::bigint << 53), 0)")"
                        + "::bigint from \(name)")
            ).single()
            let count = try facts.integer(0)
            return count == 0
                ? nil : LegacyContent(name: name, model: model, count: count, lastID: try facts.integer(1))
        }
    }

    func pages(of table: LegacyTable, _ body: ([LegacyRecord]) throws -> Void) throws {
        guard let name = tables[table.model] else { return }
        let gates =
            table.listsGates
            ? gateList.map {
                " || jsonb_build_object('access_points',"
                    + " array(select l.accesspoint_id from \($0) as l where l.accesscode_id = t.id))"
            } : nil
        // Names come from the catalog of that server, quoted by it.
        let sql =
            "select t.id::bigint, (to_jsonb(t)\(gates ?? ""))::text from \(name) as t where t.id > $1::bigint"
            + " order by t.id limit \(Self.pageSize)"
        var last = Int64.min
        while true {
            let rows = try database.run(Statement(sql, name: table.model, parameters: [.integer(last)]))
            guard !rows.isEmpty else { return }
            let page = try rows.map { row in
                let json = try JSON(parsing: Array(row.utf8(1) ?? []), maximumBytes: Self.largestRow)
                let id = try row.integer(0)
                return LegacyRecord(key: .integer(id), place: id, fields: json.members ?? [])
            }
            try body(page)
            last = page.last?.place ?? Int64.max
        }
    }

    /// The table that has all these columns; of several the one that Django's rule names.
    private static func find(_ columns: [String], named name: String, _ database: Database) throws -> String? {
        let rows = try database.run(
            Statement(
                "select format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_class as c"
                    + " join pg_catalog.pg_namespace as n on n.oid = c.relnamespace where c.relkind in ('r', 'p')"
                    + " and not c.relispartition and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'"
                    + " and (select count(*) from pg_catalog.pg_attribute as a where a.attrelid = c.oid"
                    + " and not a.attisdropped and a.attname::text = any ($1::text[])) = cardinality($1::text[])"
                    + " order by right(c.relname, char_length($2) + 1) = '_' || $2 desc, char_length(c.relname) limit 1",
                parameters: [.textArray(columns), .text(name)]))
        return try rows.first?.text(0)
    }
}
