import JSON
import PostgreSQL
import Spreadsheets
package import Web

/// `GET /api/<table>/?format=csv` and `xlsx`: every row of a filter, as a file for a spreadsheet.
///
/// The rows are read piece by piece, so that a million of them take no more memory than a page; a CSV is sent so, too. They
/// are all of one moment. Codes are masked whoever asks: a file of live codes would open gates.
///
/// A CSV has the names and values of the wire, for programs and for the import, and so has a workbook of the API; one of a
/// page is for people, and the page says what its columns are.
///
/// - SQL: `api.begin_export` (sql/functions/resource/begin_export.sql).
package struct ExportRows {
    private static let rowsAtOnce = 500
    /// A workbook is sent once it is whole: more rows would take longer than a request may (nginx, `fastcgi_read_timeout`).
    private static let maximumSheetRows: Int64 = 50_000
    private let query: ListQuery
    private let file: ListFile
    /// For a person with a page before them; nil for a client of the API.
    private let reader: FileReader?

    /// - Returns: nil for a request that wants another form, and for tables that are not exported.
    init?(_ resource: Resource, _ request: Request) throws(HTTPError) {
        guard let file = request.wantedFile, resource.permissions[.export] != nil else { return nil }
        query = try ListQuery(resource, request)
        self.file = file
        reader = nil
    }

    /// What a list shows, all of its pages.
    package init(_ query: ListQuery, as file: ListFile, for reader: FileReader) {
        self.query = query
        self.file = file
        self.reader = reader
    }

    /// - Throws: 403 for a role that may not export, 400 for a list that is too long for a workbook.
    package func respond(_ context: Context) throws -> Response {
        let role = try context.requireCaller().role
        guard let access = query.resource.permissions[.export], access.admits(role) else { throw HTTPError.forbidden }
        if file == .xlsx { try requireShort(context) }
        let name = query.resource.path.split(separator: "/").last ?? "export"
        let title = query.resource.plural(language(context))
        return .file(file, named: name, title: title) { write in try produce(context, role, write) }
    }

    private func requireShort(_ context: Context) throws {
        let counting = query.resource.countStatement(try query.conditions(context), upTo: Self.maximumSheetRows)
        guard try context.run([counting])[0].single().integer(0) <= Self.maximumSheetRows else {
            throw HTTPError.badRequest(.tooLongForSheet(Self.maximumSheetRows))
        }
    }

    private func produce(_ context: Context, _ role: Role, _ write: ([UInt8]) throws -> Void) throws {
        // The lock belongs to the connection, not to a transaction.
        defer { _ = try? context.database.run(Statement("select pg_catalog.pg_advisory_unlock_all()")) }
        // Committed before the first byte leaves: whatever becomes of the rest, it is known who asked for what.
        guard try context.run([begin(context.request)])[0].single().bool(0) else {
            throw HTTPError.throttled(seconds: 5)
        }
        let projection = query.resource.exportProjection(for: role)
        switch file {
        case .csv: try produceCSV(context, projection, role, write)
        case .xlsx:
            let columns =
                reader?.columns
                ?? SheetColumns(headings: projection.names, sql: projection.sql) {
                    try projection.sheetCells($0, context)
                }
            try produceSheet(context, columns, role, write)
        }
    }

    private func language(_ context: Context) -> Language { reader?.language ?? context.request.language }

    private func produceCSV(
        _ context: Context, _ projection: Projection, _ role: Role, _ write: ([UInt8]) throws -> Void
    ) throws {
        let mark = reader != nil || context.request.isFromBrowser ? CSV.byteOrderMark : []
        var piece = mark + CSV.line(projection.names).utf8
        try read(context, projection.sql, role) { rows in
            for row in rows { piece += try CSV.line(projection.csvCells(row, context)).utf8 }
            try write(piece)
            piece.removeAll(keepingCapacity: true)
        }
    }

    private func produceSheet(
        _ context: Context, _ columns: SheetColumns, _ role: Role, _ write: ([UInt8]) throws -> Void
    ) throws {
        let language = language(context)
        var sheet = try Spreadsheet(
            query.resource.plural(language), headings: columns.headings, mark: Text.cutInSheet(language))
        try read(context, columns.sql, role) { rows in
            for row in rows { try sheet.add(columns.cells(row)) }
        }
        try sheet.finish(write)
    }

    /// Reads the rows, some at a time, at least once.
    private func read(
        _ context: Context, _ columns: String, _ role: Role, _ body: (Rows) throws -> Void
    ) throws {
        try context.transaction { context in
            _ = try context.run([declare(columns, role, query.conditions(context))])
            var isMore = true
            while isMore {
                let rows = try context.run([Statement("fetch \(Self.rowsAtOnce) from garita_export")])[0]
                isMore = rows.count == Self.rowsAtOnce
                try body(rows)
            }
        }
    }

    private func declare(_ columns: String, _ role: Role, _ conditions: WhereClause) -> Statement {
        let rows = query.resource.rowsStatement(
            columns, conditions, order: query.resource.orderBy(query.order(for: role)))
        return Statement("declare garita_export no scroll cursor for \(rows.sql)", parameters: rows.parameters)
    }

    /// What is written down: the filters asked for; of words to look for, which are mostly names, only that there were.
    private func begin(_ request: Request) -> Statement {
        var asked = query.resource.list.filters.compactMap { filter in
            request.queryValue(filter.name).map { JSON.Member(name: filter.name, value: [.null, .string($0)]) }
        }
        if query.isSearch { asked.append(.init(name: "search", value: [.null, "***"])) }
        return Statement(
            "select api.begin_export($1, $2)", name: "begin_export",
            parameters: [
                .text(query.resource.tableName),
                .text(String(decoding: JSON.object(asked).serialized(), as: UTF8.self)),
            ])
    }
}
