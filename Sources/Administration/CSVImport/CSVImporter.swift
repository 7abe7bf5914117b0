import JSON
import Pages
import PostgreSQL
import Resource
import Vocabulary
import Web

/// Writes the rows of a file inside a transaction, and tells of each what became of it.
///
/// The dry run and the import are this same code: the one throws its transaction away, the other keeps it. It reads and
/// checks; ``CSVImportFinder`` finds the rows that are there already, ``CSVImportWriter`` writes.
struct CSVImporter {
    let table: Table
    private let file: CSVFile
    private let columns: CSVImportColumns
    private let encoding: String
    private let required: [Field]

    /// - Parameter text: the file; whatever is wrong with it as a whole is a fault of the field `file`.
    init(_ table: Table, _ text: String, encoding: String, _ context: Context) throws {
        let settings = try CSVImportSettings(table, context)
        do { file = try CSVFile(text, maximumRows: table.resource.maximumRows ?? CSVImportLimit.rows) } catch {
            throw HTTPError.invalid([FieldError("file", error.text)])
        }
        guard !file.rows.isEmpty else { throw HTTPError.invalid([FieldError("file", .noRows)]) }
        columns = try CSVImportColumns(table, file, settings)
        required = settings.required
        self.table = table
        self.encoding = encoding
        let links = columns.fields.indices.filter { columns.fields[$0]?.kind == .references }
        let linked = file.rows.count { row in links.contains { $0 < row.cells.count && !row.cells[$0].trimmed.isEmpty }
        }
        guard linked <= CSVImportLimit.linkedRows else {
            throw HTTPError.invalid([
                FieldError("file", .tooManyLinkedRows(links.compactMap { columns.fields[$0]?.label }))
            ])
        }
    }

    /// To be called inside a transaction of the caller; faulty rows are left out, all others written.
    func run(_ context: Context) throws -> CSVImportReport {
        var report = CSVImportReport(
            encoding: encoding, separator: String(file.separator), columns: columns.known.map(\.name),
            ignored: columns.ignored, isOpen: columns.isOpen)
        guard !columns.known.isEmpty else {
            report.isOpen = true
            return report
        }
        let references = try CSVImportReferences(columns, table, file.rows, context)
        let writer = CSVImportWriter(table: table, columns: columns)
        var rows = file.rows.map { read($0, references) }
        try CSVImportFinder(resource: table.resource, columns: columns).find(&rows, context)
        let connections = table.resource.connection.map { CSVImportConnections(connection: $0, columns: columns) }
        try connections?.check(&rows, context)
        for index in rows.indices { try check(&rows[index], context) }
        var outcomes = try writer.write(&rows, context)
        try connections?.write(rows, &outcomes, context)
        for (row, outcome) in zip(rows, outcomes) {
            report.rows.append(
                .init(
                    line: row.source.line, outcome: outcome, id: row.id ?? 0,
                    cells: columns.cells(of: row, references)))
            report.faults += row.faults
        }
        tellOnce(missing(rows), in: &report)
        if report.count(.changed) > 0 { report.changes = try writer.changes(rows, context) }
        if report.writes > 0 { report.warnings = try table.resource.warnings(context) }
        return report
    }

    /// The fields that new rows of the file need and it has no column for.
    private func missing(_ rows: [CSVImportRow]) -> Set<String> {
        guard rows.contains(where: { $0.id == nil }) else { return [] }
        return Set(required.map(\.name)).subtracting(columns.known.map(\.name))
    }

    /// A column that is missing is told once, and not in every row.
    private func tellOnce(_ missing: Set<String>, in report: inout CSVImportReport) {
        let told = report.faults.filter { missing.contains($0.field) }.map(\.field)
        report.missing = required.map(\.name).filter(told.contains)
        report.faults.removeAll { missing.contains($0.field) }
    }

    private func read(_ source: CSVFile.Row, _ references: CSVImportReferences) -> CSVImportRow {
        var row = CSVImportRow(source)
        if source.cells.dropFirst(columns.fields.count).contains(where: { !$0.trimmed.isEmpty }) {
            row.faults.append(columns.fault(source, "", .moreCells))
        }
        if source.cells == file.header { row.faults.append(columns.fault(source, "", .namesAgain)) }
        for (place, (field, cell)) in zip(columns.fields, source.cells).enumerated() {
            let text = cell.trimmed
            guard let field, !text.isEmpty else { continue }
            if !source.texts.contains(place), let damage = CSVImportDamage.fault(in: text, field) {
                row.faults.append(columns.fault(source, field.name, damage))
                continue
            }
            guard columns.isWritten(field) else {
                if let wrong = references.fault(ofPlace: text.plain, field) {
                    row.faults.append(columns.fault(source, field.name, wrong))
                }
                continue
            }
            switch CSVImportCell.read(text.plain, field, source, references) {
            case .success(let value): row.members.append(.init(name: field.name, value: value))
            case .failure(let wrong):
                row.faults += wrong.errors(of: field.name).map { columns.fault(source, $0.name, $0.text) }
            }
        }
        return row
    }

    /// What the API would say of the row.
    private func check(_ row: inout CSVImportRow, _ context: Context) throws {
        let change = try row.change(of: table.resource, context)
        // Of a cell that could not be read the body says only that it is missing.
        let known = Set(row.faults.map(\.field))
        row.faults += change.faults.filter { !known.contains($0.name) }
            .map { columns.fault(row.source, $0.name, $0.text) }
        for (field, value) in change.columns where row.id == nil {
            if case .text(let text) = value, let fault = field.codeLookup?.fault(ofNew: text) {
                row.faults.append(columns.fault(row.source, field.name, fault))
            }
        }
        // What the site demands the database would refuse, a batch at a time.
        for field in required where !field.isRequired && row.id == nil && (row[field.name] ?? "") == "" {
            guard !row.faults.contains(where: { $0.field == field.name }) else { continue }
            row.faults.append(columns.fault(row.source, field.name, .mayNotBeBlank))
        }
        if row.faults.isEmpty { row.change = change }
    }
}

extension Text {
    fileprivate static let noRows = Text(
        "There is no row below the first line.", es: "No hay ninguna fila debajo de la primera línea.")

    fileprivate static func tooManyLinkedRows(_ fields: [Text]) -> Text {
        let list = fields.listed
        return Text(
            "More than \(CSVImportLimit.linkedRows) rows link to several others (\(list.english)): split the file.",
            es: "Más de \(CSVImportLimit.linkedRows) filas enlazan con varios registros (\(list.spanish)):"
                + " divida el archivo.")
    }

    fileprivate static let namesAgain = Text(
        "This row repeats the names of the columns: delete it.",
        es: "La fila repite los nombres de las columnas: bórrela.")

    fileprivate static let moreCells = Text(
        "The row has more cells than the first line has columns.",
        es: "La fila tiene más celdas que columnas la primera línea.")
}
