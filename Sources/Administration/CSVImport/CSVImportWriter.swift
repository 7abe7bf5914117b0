import JSON
import PostgreSQL
import Resource
import Vocabulary
import Web

/// Writes checked rows of a file in batches, and tells what of them was new to the table.
struct CSVImportWriter {
    let table: Table
    let columns: CSVImportColumns

    private static let rowsAtOnce = 100
    /// Of batches that were refused so many rows are tried one by one, so that a file full of faults takes no longer than
    /// a good one.
    private static let maximumSingles = 1_000

    /// Rows without a change are left out; one that the database refuses gets its reason as a fault.
    /// - Returns: what became of each row.
    func write(_ rows: inout [CSVImportRow], _ context: Context) throws -> [RowOutcome] {
        var outcomes = rows.map { _ in RowOutcome.wrong }
        let good = rows.indices.compactMap { index in rows[index].change.map { (place: index, change: $0) } }
        let refused = try write(good, in: Self.rowsAtOnce, &rows, &outcomes, context)
        let single = refused.sorted().prefix(Self.maximumSingles)
        _ = try write(good.filter { single.contains($0.place) }, in: 1, &rows, &outcomes, context)
        for place in refused.subtracting(single) {
            rows[place].faults.append(columns.fault(rows[place].source, "", .notTried))
        }
        return outcomes
    }

    /// - Returns: the places of rows in batches that were refused as a whole.
    private func write(
        _ good: [(place: Int, change: RowChange)], in size: Int, _ rows: inout [CSVImportRow],
        _ outcomes: inout [RowOutcome], _ context: Context
    ) throws -> Set<Int> {
        let batches = RowChange.batches(of: good, in: table.resource, of: size, as: .administrator)
        var refused: Set<Int> = []
        guard !batches.isEmpty else { return refused }
        for (answer, batch) in zip(try context.attempt(batches.map(\.statements)), batches) {
            switch answer {
            case .success(let answers):
                let written = try batch.written(answers)
                for place in batch.places {
                    outcomes[place] = !written.contains(place) ? .same : rows[place].id == nil ? .new : .changed
                }
            case .failure(let refusal) where batch.places.count == 1:
                let source = rows[batch.places[0]].source
                rows[batch.places[0]].faults += table.resource.explanation(of: refusal).map {
                    columns.fault(source, $0.name, $0.text)
                }
            case .failure: refused.formUnion(batch.places)
            }
        }
        return refused
    }

    /// Old and new of every field that this request changed, as the audit has it.
    func changes(_ rows: [CSVImportRow], _ context: Context) throws -> [CSVImportReport.Change] {
        let lines = Dictionary(
            rows.compactMap { row in row.id.map { ($0, row.source.line) } }, uniquingKeysWith: { first, _ in first })
        let entries = try context.run([
            Statement(
                "select a.row_id, a.changes::text from garita.audit as a"
                    + " where a.site_id = garita.current_site_id() and a.at >= transaction_timestamp()"
                    + " and a.request_id = $1 and a.table_name = $2 and a.action = 'UPDATE' order by a.id",
                parameters: [.text(context.request.id), .text(table.name)])
        ])[0]
        return try entries.flatMap { entry -> [CSVImportReport.Change] in
            let line = lines[try entry.integer(0)] ?? 0
            let members = try JSON(parsing: Array(try entry.text(1).utf8), maximumBytes: 1_048_576).members ?? []
            return members.compactMap { member in
                guard let field = table.resource.fields.first(where: { $0.column == member.name }),
                    let pair = member.value.elements, pair.count == 2
                else { return nil }
                return .init(line: line, field: field.name, old: Self.word(pair[0]), new: Self.word(pair[1]))
            }
        }.sorted { $0.line < $1.line }
    }

    private static func word(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        default: String(decoding: value.serialized(), as: UTF8.self)
        }
    }
}

extension Text {
    fileprivate static let notTried = Text(
        "Not checked: correct the other errors first.", es: "No se revisó: corrija primero los demás errores.")
}
