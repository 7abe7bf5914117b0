import JSON
import Pages
import PostgreSQL
import Resource
import Web

/// A file that somebody brought in: it waits for its import, or stands as the record of one.
///
/// It travels between the two requests in the database and not in the page: nothing of it has to be believed again, five
/// thousand people's data is in no browser's memory, and of two presses of the button one finds it locked. It is sealed,
/// because secret codes may be in it, which are stored nowhere in clear.
struct CSVImport {
    let id: Int64
    let table: Table
    let fileName: String
    let counts: [RowOutcome: Int64]
    let importedBy: String
    let isImported: Bool
    let importedAt: String
    let undoneAt: String?
    let undoneBy: String
    let takenBack: Int64
    let left: Int64
    private let content: [UInt8]?
    private let sealedReport: [UInt8]?
    private let owner: Int64

    private static let columns =
        "u.id, u.table_name, u.file_name, u.rows_new, u.rows_changed, u.rows_same, u.rows_wrong, u.actor,"
        + " to_char(u.imported_at, 'YYYY-MM-DD HH24:MI'), to_char(u.undone_at, 'YYYY-MM-DD HH24:MI'), u.undone_by,"
        + " u.rows_undone, u.rows_left, coalesce(u.user_id, 0), u.content, u.report"

    static func find(_ id: Int64) -> Statement {
        Statement(
            "select \(columns) from garita.csv_imports as u where u.id = $1", name: "find_csv_import",
            parameters: [.integer(id)])
    }

    /// Nothing for a file that another request holds.
    static func lock(_ id: Int64) -> Statement {
        Statement(
            "select \(columns) from garita.csv_imports as u where u.id = $1 for update skip locked",
            name: "lock_csv_import",
            parameters: [.integer(id)])
    }

    /// The imports of the site and one's own files, without what is in them.
    static let list = Statement(
        "select \(columns.replacing("u.content, u.report", with: "null::bytea, null::bytea"))"
            + " from garita.csv_imports as u order by u.id desc limit 100", name: "list_csv_imports")

    init(_ row: Row) throws {
        id = try row.integer(0)
        let name = try row.text(1)
        guard let table = Table.importable.first(where: { $0.name == name }) else { throw HTTPError.notFound() }
        self.table = table
        fileName = try row.text(2)
        var counts: [RowOutcome: Int64] = [:]
        for (index, outcome) in RowOutcome.allCases.enumerated() { counts[outcome] = try row.integer(3 + index) }
        self.counts = counts
        importedBy = try row.text(7)
        isImported = !row.isNull(8)
        importedAt = try row.optionalText(8) ?? ""
        undoneAt = try row.optionalText(9)
        undoneBy = try row.text(10)
        takenBack = try row.integer(11)
        left = try row.integer(12)
        owner = try row.integer(13)
        content = try row.optionalBytes(14)
        sealedReport = try row.optionalBytes(15)
    }

    var path: String { AdminPath.importedFile(id) }
    var writes: Int64 { counts[.new, default: 0] + counts[.changed, default: 0] }
    /// Whether there is something left to take back.
    var canBeUndone: Bool { isImported && undoneAt == nil && writes > 0 }

    /// The file's text.
    /// - Throws: 404 when it is not kept any more, or its key is gone.
    func text(_ keys: AccountKeys) throws -> String {
        guard let content, let text = try? keys.open(content, .upload, tag: Self.tag(owner, table)) else {
            throw HTTPError.notFound()
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What would become of the rows, or what became of those that were left.
    func report(_ keys: AccountKeys) throws -> CSVImportReport {
        guard let sealedReport, let text = try? keys.open(sealedReport, .upload, tag: Self.tag(owner, table)) else {
            return CSVImportReport()
        }
        return try CSVImportReport(reading: text)
    }

    /// The report as it is kept.
    func seal(_ report: CSVImportReport, _ keys: AccountKeys) throws -> [UInt8] {
        try keys.seal(report.json.serialized(), .upload, tag: Self.tag(owner, table))
    }

    // MARK: Keeping

    /// Keeps a file with what was found out about it, and of the earlier ones of the same person only some.
    static func keep(
        _ text: String, named name: String, _ report: CSVImportReport, of table: Table, _ context: Context
    ) throws -> Int64 {
        let keys = context.keys.accounts
        let tag = tag(try context.requireCaller().userID, table)
        let insertion = Statement(
            "insert into garita.csv_imports (user_id, table_name, file_name, content, report, rows_new, rows_changed,"
                + " rows_same, rows_wrong) values (garita.current_user_id(), $1, $2, $3, $4, $5, $6, $7, $8) returning id",
            parameters: [
                .text(table.name), .text(String(name.prefix(200))),
                .bytes(try keys.seal(Array(text.utf8), .upload, tag: tag)),
                .bytes(try keys.seal(report.json.serialized(), .upload, tag: tag)),
            ] + Self.counts(report))
        let forgetting = Statement(
            "delete from garita.csv_imports as u where u.imported_at is null and u.id not in (select n.id from"
                + " garita.csv_imports as n where n.imported_at is null order by n.id desc limit 5)")
        return try context.run([insertion, forgetting])[0].single().integer(0)
    }

    /// Replaces what was found out.
    func renewal(_ report: CSVImportReport, _ keys: AccountKeys) throws -> Statement {
        Statement(
            "update garita.csv_imports set report = $1, rows_new = $2, rows_changed = $3, rows_same = $4, rows_wrong = $5"
                + " where id = $6",
            parameters: [.bytes(try seal(report, keys))] + Self.counts(report) + [.integer(id)])
    }

    private static func counts(_ report: CSVImportReport) -> [Parameter] {
        RowOutcome.allCases.map { .integer(Int64(report.count($0))) }
    }

    private static func tag(_ owner: Int64, _ table: Table) -> [UInt8] { Array("\(owner) \(table.name)".utf8) }
}

extension Table {
    /// Without its schema.
    var name: String { resource.tableName }
}
