import JSON
import PostgreSQL
import Web

/// Brings the data of the original over, in one transaction: all that can be taken, or, when it is interrupted, nothing.
struct ImportOriginal {
    /// Ends a dry run: whatever was written is rolled back.
    private struct DryRun: Error {}

    let database: Database
    let codes: CodeKeys
    let siteID: Int64
    let timeZone: String
    let isDry: Bool

    /// - Returns: whether every row was taken.
    func take(from source: some OriginalSource, _ language: Language) throws -> Bool {
        let contents = try source.contents()
        var report = ImportReport(contents, language)
        do {
            try database.transaction {
                // Moments that were written without a zone are the residence's own.
                _ = try database.run(
                    Statement(
                        "select set_config('TimeZone', $1, true), set_config('garita.counts_later', 'on', true)",
                        parameters: [.text(timeZone)]))
                for table in OriginalTable.all {
                    let lastID = contents.first { $0.model == table.model }?.lastID ?? 0
                    try source.pages(of: table) { try take($0, of: table, lastID, &report) }
                }
                if report.newLogs > 0 { try call("garita.forget_log_sums($1)") }
                guard !isDry else { throw DryRun() }
                _ = try database.run(
                    Statement(
                        "select garita.advance_numbers(), garita.end_codes_of_moved_out(), garita.keep_row_counts()"))
            }
        } catch is DryRun {}
        report.finish(isDry: isDry)
        if !isDry { try settle(report) }
        return report.refused == 0
    }

    private func call(_ function: String) throws {
        _ = try database.run(Statement("select \(function)", parameters: [.integer(siteID)]))
    }

    private func take(
        _ page: [OriginalRecord], of table: OriginalTable, _ lastID: Int64, _ report: inout ImportReport
    ) throws {
        var rows: [Int64: OriginalRow] = [:]
        for record in page {
            do {
                let row = try OriginalRow(id: record.id, record.fields, of: table, codes)
                report.leave(row.leftOver, of: table)
                rows[record.id] = row
            } catch is OriginalRow.Fault {
                report.tell(record.id, of: table, "refused", [.codeUnreadable])
            }
        }
        let isLog = table.model == "accesslog"
        let elements = rows.values.sorted { $0.id < $1.id }.map { isLog ? $0.flatElement : $0.element }
        let text = String(decoding: JSON.array(elements).serialized(), as: UTF8.self)
        let statement =
            isLog
            ? Statement(
                "select original_id, outcome, subject from garita.import_logs($1, $2, $3::jsonb)", name: "import_logs",
                parameters: [.integer(siteID), .integer(lastID), .text(text)])
            : Statement(
                "select original_id, outcome, subject from garita.import_rows($1, $2, $3::jsonb, $4, $5::jsonb)",
                name: "import_rows",
                parameters: [
                    .integer(siteID), .text(table.table), .text(Self.references(of: table)), .integer(lastID),
                    .text(text),
                ])
        for answer in try database.run(statement) {
            let id = try answer.integer(0)
            let outcome = try answer.text(1)
            let subject = try answer.optionalText(2) ?? ""
            report.tell(id, of: table, outcome, notes(outcome, subject, rows[id]?.notes ?? [], table))
        }
    }

    private func notes(
        _ outcome: String, _ subject: String, _ ownNotes: [ImportNote], _ table: OriginalTable
    ) -> [ImportNote] {
        if outcome == "refused" { return [.refused(subject, table: table.table)] }
        let dropped = subject.split(separator: ",").map { ImportNote.dropped(String($0)) }
        return (outcome == "renumbered" ? [.renumbered] : []) + dropped + ownNotes
    }

    private static func references(of table: OriginalTable) -> String {
        let list = table.references.map { reference -> JSON in
            [
                "column": .string(reference.column), "table": .string(reference.table),
                "droppable": .bool(reference.isDroppable),
            ]
        }
        return String(decoding: JSON.array(list).serialized(), as: UTF8.self)
    }

    /// What a large change leaves to do: how full the tables are, and then, by that, the log's sums.
    private func settle(_ report: ImportReport) throws {
        for table in OriginalTable.all.map(\.table) + ["imports"] { try database.runScript("analyze garita.\(table)") }
        guard report.newLogs > 0 else { return }
        // Twice: the first look remembers which transactions the second has seen end.
        for _ in 0..<2 { _ = try database.run(Statement("select garita.keep_log_sums()")) }
    }
}
