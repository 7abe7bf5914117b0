import Cryptography
import Images
import JSON
import PostgreSQL
import Web

/// A legacy import, in one transaction: all that can be taken over, or, when it is interrupted, nothing.
struct LegacyImporter {
    /// Thrown at the end of a dry run, so that whatever was written is rolled back.
    private struct DryRun: Error {}

    let database: Database
    let codes: CodeKeys
    let siteID: Int64
    let timeZone: String
    let isDry: Bool
    /// Nil when photos are not taken.
    let photos: LegacyPhotos?

    /// - Returns: whether every row was taken.
    func take(from source: some LegacySource, _ language: Language) throws -> Bool {
        let contents = try source.contents()
        var report = LegacyImportReport(contents, language)
        defer { report.hideProgress() }
        do {
            try database.transaction {
                // Timestamps without a zone are in the time zone of the site.
                _ = try database.run(
                    Statement(
                        "select set_config('TimeZone', $1, true), set_config('garita.counts_later', 'on', true)",
                        parameters: [.text(timeZone)]))
                for table in LegacyTable.all {
                    let lastID = contents.first { $0.model == table.model }?.lastID ?? 0
                    var seen = RangeSet<Int64>()
                    try source.pages(of: table) {
                        try take(convert($0, of: table, &seen, &report), of: table, lastID, &report)
                        report.showProgress()
                    }
                }
                if report.newLogs > 0 { try call("garita.discard_log_rollups($1)") }
                guard !isDry else { throw DryRun() }
                _ = try database.run(
                    Statement(
                        "select garita.advance_identities(), garita.end_codes_of_moved_out(), garita.keep_row_counts()")
                )
            }
        } catch is DryRun {}
        report.hideProgress()
        report.finish(isDry: isDry)
        if !isDry { try settle(report) }
        return report.refused == 0
    }

    private func call(_ function: String) throws {
        _ = try database.run(Statement("select \(function)", parameters: [.integer(siteID)]))
    }

    /// The rows of a page that the database is to judge, by number; of all others it is told why they are not taken.
    /// - Parameter seen: numbers that this table had before.
    private func convert(
        _ page: [LegacyRecord], of table: LegacyTable, _ seen: inout RangeSet<Int64>,
        _ report: inout LegacyImportReport
    ) throws -> [Int64: LegacyRow] {
        var rows: [Int64: LegacyRow] = [:]
        for record in page {
            guard let id = record.id else {
                report.refuse(row: record.place, of: table, .noNumber(record.key))
                continue
            }
            guard !seen.contains(id) else {
                report.tell(id, of: table, "refused", [.twice])
                continue
            }
            seen.insert(contentsOf: id..<id + 1)
            let row = try LegacyRow(id: id, record.fields, of: table, codes)
            guard row.faults.isEmpty else {
                report.tell(id, of: table, "refused", row.faults)
                continue
            }
            report.leave(row.leftOver + (row.photo == nil || photos != nil ? [] : ["photo"]), of: table)
            rows[id] = row
        }
        return rows
    }

    private func take(
        _ rows: [Int64: LegacyRow], of table: LegacyTable, _ lastID: Int64, _ report: inout LegacyImportReport
    ) throws {
        let isLog = table.model == "accesslog"
        let elements = rows.values.sorted { $0.id < $1.id }.map { isLog ? $0.flatElement : $0.element }
        let text = String(decoding: JSON.array(elements).serialized(), as: UTF8.self)
        let statement =
            isLog
            ? Statement(
                "select legacy_id, outcome, subject from garita.import_legacy_logs($1, $2, $3::jsonb)",
                name: "import_legacy_logs",
                parameters: [.integer(siteID), .integer(lastID), .text(text)])
            : Statement(
                "select legacy_id, outcome, subject from garita.import_legacy_rows($1, $2, $3::jsonb, $4, $5::jsonb)",
                name: "import_legacy_rows",
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
        if let photos { try take(photos, of: rows.values.filter { $0.photo != nil }, table, report) }
    }

    /// The photos of rows that are taken and have not got them yet.
    private func take(
        _ photos: LegacyPhotos, of rows: [LegacyRow], _ table: LegacyTable, _ report: LegacyImportReport
    ) throws {
        guard !rows.isEmpty else { return }
        let wanted = try database.run(
            Statement(
                "select i.legacy_id, w.file from garita.legacy_imports as i"
                    + " join unnest($3::bigint[], $4::text[]) as w (id, file) on w.id = i.legacy_id"
                    + " where i.site_id = $1 and i.table_name = $2 and i.photo <> w.file order by 1",
                parameters: [
                    .integer(siteID), .text(table.table), .integerArray(rows.map(\.id)),
                    .textArray(rows.compactMap(\.photo)),
                ]))
        for row in wanted {
            let (id, file) = (try row.integer(0), try row.text(1))
            guard let photo = photos.read(file) else {
                report.remark(id, of: table, .photoUnreadable)
                continue
            }
            // A rollback does not remove files; so a dry run writes none.
            guard !isDry else { continue }
            let name = try photos.folder.keep(photo)
            let isTaken = try database.run(
                Statement(
                    "select garita.import_legacy_photo($1, $2, $3, $4, $5)", name: "import_legacy_photo",
                    parameters: [.integer(siteID), .text(table.table), .integer(id), .text(file), .text(name)])
            ).single().bool(0)
            if !isTaken { photos.folder.remove(name) }
        }
    }

    private func notes(
        _ outcome: String, _ subject: String, _ ownNotes: [LegacyImportNote], _ table: LegacyTable
    ) -> [LegacyImportNote] {
        if outcome == "refused" { return [.refused(subject, table: table.table)] }
        let dropped = subject.split(separator: ",").map { LegacyImportNote.dropped(String($0)) }
        return (outcome == "renumbered" ? [.renumbered] : []) + dropped + ownNotes
    }

    private static func references(of table: LegacyTable) -> String {
        let list = table.references.map { reference -> JSON in
            [
                "column": .string(reference.column), "table": .string(reference.table),
                "droppable": .bool(reference.isDroppable),
            ]
        }
        return String(decoding: JSON.array(list).serialized(), as: UTF8.self)
    }

    /// What a large change leaves to do: how full the tables are, and then, by that, the rollups of the log.
    private func settle(_ report: LegacyImportReport) throws {
        for table in LegacyTable.all.map(\.table) + ["legacy_imports"] {
            try database.runScript("analyze garita.\(table)")
        }
        guard report.newLogs > 0 else { return }
        // Twice, each in a transaction of its own: the second takes the rows that were not yet final at the first.
        for _ in 0..<2 { _ = try database.run(Statement("select garita.refresh_log_rollups()")) }
    }
}
