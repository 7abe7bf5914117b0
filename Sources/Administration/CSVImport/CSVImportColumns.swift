import JSON
import Pages
import Resource
import Web

/// What the columns of a file are, by the names in its first line: as somebody has decided for this site, those of the
/// API, what pages call them in either language, or another word that people write (``Field/synonyms``).
struct CSVImportColumns {
    /// A column that is not imported, and why.
    struct Ignored: Equatable {
        let name: Text
        let reason: Text
    }

    /// For each cell of a line; nil where it is not imported.
    let fields: [Field?]
    /// Where the numbers of rows stand, in a file that was exported here.
    let numberColumn: Int?
    let ignored: [Ignored]
    /// Places of columns that nobody knows and about which nobody has decided.
    let unknown: Set<Int>
    /// Names of the fields under whose names on the wire there is a column, as in our own exports.
    let wired: Set<String>
    private let table: Table

    /// - Throws: 400 when two columns are the same, or letters of a name were lost.
    init(_ table: Table, _ file: CSVFile, _ settings: CSVImportSettings) throws(HTTPError) {
        if file.header.contains(where: { TextDamage.isIn($0, .name) }) {
            throw .invalid([FieldError("file", .lostLetters)])
        }
        let headings = CSVHeading.all(file.header)
        var matching = CSVColumnMatching(table, headings, settings)
        try matching.matchNames()
        matching.matchSynonyms()
        let meanings = matching.meanings
        self.table = table
        let width = max(min(file.width, CSVFile.maximumColumns) - meanings.count, 0)
        fields = meanings.map(\.field) + repeatElement(nil, count: width)
        numberColumn = meanings.firstIndex { $0 == .number }
        unknown = Set(meanings.indices.filter { meanings[$0] == .unknown })
        wired = Set(zip(headings, meanings).compactMap { $1.field?.name == $0.name ? $0.name : nil })
        ignored =
            zip(headings, meanings).compactMap { heading, meaning in
                meaning.reason.map { Ignored(name: Text(heading.name, es: heading.name), reason: $0) }
            } + file.namelessColumns.map { Ignored(name: .column($0.place), reason: .hasNoName(from: $0.line)) }
    }

    /// The fields that the file has a column for, in its order.
    var known: [Field] { fields.compactMap(\.self) }
    /// Whether somebody should say what a column is.
    var isOpen: Bool { !unknown.isEmpty }
    /// What the table has as a field of its own; other columns only tell rows apart (``Table/importPlaces``).
    func isWritten(_ field: Field) -> Bool { table.resource.field(field.name) != nil }

    /// The number that a row of the file says to have.
    func number(_ row: CSVFile.Row) -> Int64? {
        guard let column = numberColumn, column < row.cells.count else { return nil }
        return WholeNumber.read(row.cells[column].plain, in: WholeNumber.identifiers)
    }

    /// What stands in the column that leads to a table.
    func text(leadingTo target: String?, in row: CSVFile.Row) -> (text: String, field: Field)? {
        for (place, field) in fields.enumerated() where field?.kind == .reference && field?.target == target {
            guard let field, place < row.cells.count, !row.cells[place].plain.isEmpty else { continue }
            return (row.cells[place].plain, field)
        }
        return nil
    }

    /// What is wrong with a cell, with what stands in it.
    ///
    /// - Parameter field: its name on the wire; empty for the whole row.
    func fault(_ row: CSVFile.Row, _ field: String, _ text: Text) -> CSVImportReport.Fault {
        let isWhole = field == FieldError.wholeObject
        let index = field == "id" ? numberColumn : fields.firstIndex { $0?.name == field }
        let value = index.flatMap { $0 < row.cells.count ? row.cells[$0] : nil } ?? ""
        // A report is kept and downloaded: no secret code stands in it.
        let isCode = table.resource.field(field)?.kind == .code
        return .init(line: row.line, field: isWhole ? "" : field, text: text, value: isCode ? "••" : value)
    }

    /// What would be written of a row, a cell for each of ``known``: days as they were read, of other records who or what
    /// was found.
    func cells(of row: CSVImportRow, _ references: CSVImportReferences) -> [String] {
        fields.enumerated().compactMap { index, field in
            guard let field else { return nil }
            let text = index < row.source.cells.count ? row.source.cells[index].trimmed : ""
            switch (field.kind, row[field.name]) {
            case (.code, _): return text.isEmpty ? "" : "••"
            case (.date, .string(let day)?), (.time, .string(let day)?), (.timestamp, .string(let day)?): return day
            case (.reference, .integer(let id)?): return references.title(of: id, field) ?? text.shown
            case (.references, .array(let ids)?):
                return ids.compactMap { $0.integerValue.flatMap { references.title(of: $0, field) } }
                    .joined(separator: ", ").shown
            default: return text.shown
            }
        }
    }
}

extension String {
    /// As a preview shows it: longer than any name.
    fileprivate var shown: String { count > 200 ? String(prefix(200)) + "…" : self }
}

extension Text {
    /// A column by its place, from 0, and by the letters that spreadsheets show over it.
    fileprivate static func column(_ place: Int) -> Text {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
        let letters =
            (place < alphabet.count ? "" : alphabet[place / alphabet.count - 1]) + alphabet[place % alphabet.count]
        return Text("column \(place + 1) (\(letters))", es: "columna \(place + 1) (\(letters))")
    }

    fileprivate static func hasNoName(from line: Int) -> Text {
        Text(
            "it holds something (line \(line)), but the first line gives it no name",
            es: "contiene algo (línea \(line)), pero la primera línea no le da nombre")
    }
}
