import JSON
import Pages
import PostgreSQL
import Resource
import Web

/// What an import wrote is found in the audit by its request, and taken back: what it made is deleted, what it changed
/// gets its old values.
///
/// What somebody touched since, or something else hangs on, is left and named.
struct CSVImportUndo {
    let upload: CSVImport
    private var report = CSVImportReport()

    private static let rowsAtOnce = 100

    /// What the import did to one row.
    private struct Trace {
        let id: Int64
        let wasMade: Bool
        /// Old and new by column.
        let changes: [JSON.Member]
        let title: String
        let isThere: Bool
        let wasTouched: Bool
    }

    init(upload: CSVImport) {
        self.upload = upload
    }

    private var resource: Resource { upload.table.resource }

    /// To be called inside the transaction that holds the import.
    mutating func run(_ context: Context) throws -> (taken: Int, left: Int) {
        let traces = try traces(context).filter(\.isThere)
        for trace in traces where trace.wasTouched { leave(trace, .touchedSince) }
        let untouched = traces.filter { !$0.wasTouched }
        if let connection = resource.connection {
            _ = try context.run([connection.disconnect(untouched.filter(\.wasMade).map(\.id))])
        }
        let taken =
            try delete(untouched.filter(\.wasMade), context) + restore(untouched.filter { !$0.wasMade }, context)
        let left = report.rows.count
        let sealed: Parameter = left == 0 ? .null : .bytes(try upload.seal(report, context.keys.accounts))
        let finish = Statement(
            "select api.undo_csv_import($1, $2, $3, $4)",
            parameters: [.integer(upload.id), .integer(Int64(taken)), .integer(Int64(left)), sealed])
        guard try context.run([finish])[0].single().bool(0) else { throw HTTPError.notFound() }
        return (taken, left)
    }

    private mutating func leave(_ trace: Trace, _ reason: Text) {
        // Rows of a record, not of a file: below the first line.
        let line = -report.rows.count
        report.rows.append(.init(line: line, outcome: .wrong, id: trace.id, cells: [trace.title]))
        report.faults.append(.init(line: line, field: "", text: reason, value: trace.title))
    }

    // MARK: What was done

    /// All entries of a request lie in the few seconds before its import was finished.
    private static let entries =
        " from garita.audit as a join garita.csv_imports as u on u.id = $1 and a.request_id = u.request_id"
        + " and a.site_id = u.site_id and a.at between u.imported_at - interval '1 minute' and u.imported_at"

    private func traces(_ context: Context) throws -> [Trace] {
        let sql =
            "select a.row_id, a.action = 'INSERT', a.changes::text, coalesce(\(upload.table.admin.title("t")), ''),"
            + " t.id is not null, coalesce(t.updated_at > u.imported_at, false)\(Self.entries)"
            + " left join \(resource.table) as t on t.id = a.row_id"
            + " where a.table_name = $2 and a.action in ('INSERT', 'UPDATE') order by a.id desc"
        let parameters: [Parameter] = [.integer(upload.id), .text(upload.table.name)]
        return try context.run([Statement(sql, parameters: parameters)])[0].map { row in
            Trace(
                id: try row.integer(0), wasMade: try row.bool(1),
                changes: try JSON(parsing: Array(try row.text(2).utf8), maximumBytes: 1_048_576).members ?? [],
                title: try row.text(3), isThere: try row.bool(4), wasTouched: try row.bool(5))
        }
    }

    // MARK: Deleting

    private mutating func delete(_ traces: [Trace], _ context: Context) throws -> Int {
        let needed = try needed(traces.map(\.id), context)
        for trace in traces where needed.contains(trace.id) { leave(trace, .hangsOnIt) }
        let free = traces.filter { !needed.contains($0.id) }
        let resource = resource
        let gone = try attempt(free, context) { traces in resource.removal(of: traces.map(\.id)) }
        let kept = try stillThere(gone.map(\.id), context)
        for trace in gone where kept.contains(trace.id) { leave(trace, .switchedOff) }
        return gone.count - kept.count
    }

    /// Those that rows of other tables point at, as far as the caller may see them; of the rest the deletion is refused.
    private func needed(_ ids: [Int64], _ context: Context) throws -> Set<Int64> {
        guard !ids.isEmpty else { return [] }
        let questions = try pointing(context).map { table, column in
            Statement(
                "select distinct \(column) from \(table) where \(column) = any ($1::bigint[])",
                parameters: [.integerArray(ids)])
        }
        guard !questions.isEmpty else { return [] }
        return Set(try context.run(questions).flatMap { try $0.map { try $0.integer(0) } })
    }

    /// The columns that point at the table of the import, as far as the caller may read them.
    private func pointing(_ context: Context) throws -> [(table: String, column: String)] {
        let sql = """
            select c.conrelid::regclass::text, quote_ident(a.attname) from pg_catalog.pg_constraint as c
            join pg_catalog.pg_attribute as a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
            join pg_catalog.pg_attribute as f on f.attrelid = c.confrelid
            and f.attnum = c.confkey[array_position(c.conkey, a.attnum)] and f.attname = 'id'
            where c.contype = 'f' and c.confrelid = $1::regclass and c.confdeltype in ('a', 'r')
            and pg_catalog.has_column_privilege(c.conrelid, a.attnum, 'select')
            """
        return try context.run([Statement(sql, parameters: [.text(resource.table)])])[0].map { row in
            (try row.text(0), try row.text(1))
        }
    }

    /// Imports that stand and wrote rows which depend on those that this one made: they are to be undone first.
    func dependents(_ context: Context) throws -> [CSVImport] {
        let made = try traces(context).filter { $0.isThere && $0.wasMade }.map(\.id)
        guard !made.isEmpty else { return [] }
        let questions = try pointing(context).compactMap { name, column -> Statement? in
            let known = Table.importable.first { name == $0.resource.table || name == $0.name }
            guard let table = known, table.name != upload.table.name else { return nil }
            let sql =
                "select distinct u.id from garita.csv_imports as u join garita.audit as a on a.request_id = u.request_id"
                + " and a.site_id = u.site_id and a.at between u.imported_at - interval '1 minute' and u.imported_at"
                + " join \(table.resource.table) as d on d.id = a.row_id and d.\(column) = any ($1::bigint[])"
                + " where u.undone_at is null and u.table_name = $2 and a.table_name = $2"
            return Statement(sql, parameters: [.integerArray(made), .text(table.name)])
        }
        guard !questions.isEmpty else { return [] }
        let ids = Set(try context.run(questions).flatMap { try $0.map { try $0.integer(0) } })
        guard !ids.isEmpty else { return [] }
        return try context.run(ids.sorted(by: >).map(CSVImport.find)).compactMap { try $0.first.map(CSVImport.init) }
    }

    /// A table may switch off what was used instead of deleting it.
    private func stillThere(_ ids: [Int64], _ context: Context) throws -> Set<Int64> {
        guard !ids.isEmpty else { return [] }
        return Set(try context.run([resource.existingStatement(ids)])[0].map { try $0.integer(0) })
    }

    // MARK: Putting back

    private mutating func restore(_ traces: [Trace], _ context: Context) throws -> Int {
        let linked = try linkedRows(context)
        var shapes: [[String]: [(trace: Trace, columns: [JSON.Member])]] = [:]
        for trace in traces {
            guard !linked.contains(trace.id), let columns = former(trace) else {
                leave(trace, .cannotBePutBack)
                continue
            }
            shapes[columns.map(\.name), default: []].append((trace, columns))
        }
        var count = 0
        let resource = resource
        for (_, rows) in shapes.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let former = Dictionary(rows.map { ($0.trace.id, $0.columns) }, uniquingKeysWith: { first, _ in first })
            count += try attempt(rows.map(\.trace), context) { traces in
                [resource.restoration(of: traces.map { ($0.id, former[$0.id] ?? []) })]
            }.count
        }
        return count
    }

    /// The old values; nil for what the audit does not keep, such as a code.
    private func former(_ trace: Trace) -> [JSON.Member]? {
        var columns: [JSON.Member] = []
        for change in trace.changes {
            guard let pair = change.value.elements, pair.count == 2, pair[0] != "***" else { return nil }
            // What triggers write they write again.
            guard let field = resource.fields.first(where: { $0.column == change.name }), !field.isReadOnly else {
                continue
            }
            guard field.kind != .photo else { return nil }
            columns.append(.init(name: change.name, value: pair[0]))
        }
        return columns.isEmpty ? nil : columns
    }

    /// Rows whose links to others were changed, too.
    private func linkedRows(_ context: Context) throws -> Set<Int64> {
        guard !resource.linkTables.isEmpty else { return [] }
        let sql = "select distinct a.row_id\(Self.entries) where a.table_name = any ($2::text[])"
        let parameters: [Parameter] = [.integer(upload.id), .textArray(resource.linkTables)]
        let rows = try context.run([Statement(sql, parameters: parameters)])[0]
        return Set(try rows.map { try $0.integer(0) })
    }

    // MARK: Trying

    /// Many rows at once and, where that is refused, one by one.
    ///
    /// - Returns: the rows for which it worked; the others are left.
    private mutating func attempt(
        _ traces: [Trace], _ context: Context, _ statements: ([Trace]) -> [Statement]
    ) throws -> [Trace] {
        let batches = stride(from: 0, to: traces.count, by: Self.rowsAtOnce).map {
            Array(traces[$0..<min($0 + Self.rowsAtOnce, traces.count)])
        }
        guard !batches.isEmpty else { return [] }
        var done: [Trace] = []
        var single: [Trace] = []
        for (answer, batch) in zip(try context.attempt(batches.map(statements)), batches) {
            if case .success = answer { done += batch } else { single += batch }
        }
        guard !single.isEmpty else { return done }
        for (answer, trace) in zip(try context.attempt(single.map { statements([$0]) }), single) {
            switch answer {
            case .success: done.append(trace)
            case .failure(let refusal): leave(trace, refusal.state == "23503" ? .hangsOnIt : .refused)
            }
        }
        return done
    }
}

extension Text {
    fileprivate static let touchedSince = Text("It has been changed since.", es: "Se modificó después.")
    fileprivate static let hangsOnIt = Text(
        "Something else now depends on it.", es: "Ya hay algo que depende de este registro.")
    fileprivate static let refused = Text(
        "The old values are no longer allowed.", es: "Los valores anteriores ya no se permiten.")
    fileprivate static let switchedOff = Text(
        "It was used, so it was deactivated instead of deleted.", es: "Ya se usó: se desactivó en lugar de eliminarse.")
    fileprivate static let cannotBePutBack = Text(
        "The previous value is not stored: correct it by hand.",
        es: "El valor anterior no se conserva: corríjalo a mano."
    )
}
