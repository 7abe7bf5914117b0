import JSON
import Pages
import Resource
import Web

/// What the columns of a file are, by the names in its first line: those of the API, or what people read in either language.
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
    private let table: Table

    /// - Throws: 400 when no column is known, two are the same, or letters of a name were lost.
    init(_ table: Table, _ file: CSVFile) throws(HTTPError) {
        if file.header.contains(where: { TextDamage.isIn($0, .name) }) {
            throw .invalid([FieldError("file", .lostLetters)])
        }
        let known = Names(table.importFields)
        let others = Names(table.resource.fields)
        var taken: Set<String> = []
        var fields: [Field?] = []
        var ignored: [Ignored] = []
        var numberColumn: Int?
        for (index, name) in file.header.map(\.plain).enumerated() {
            var field: Field?
            if ["id", "#"].contains(name.folded) {
                guard numberColumn == nil else { throw Self.twice(name) }
                numberColumn = index
            } else if let found = known[name] {
                guard taken.insert(found.name).inserted else { throw Self.twice(name) }
                field = found
            } else if !name.trimmed.isEmpty {
                let isOurs = others[name] != nil
                ignored.append(
                    Ignored(
                        name: Text(name.trimmed, es: name.trimmed), reason: isOurs ? .cannotBeWritten : .unknownColumn))
            }
            fields.append(field)
        }
        guard fields.contains(where: { $0 != nil }) else { throw .invalid([FieldError("file", .noKnownColumn)]) }
        ignored += file.namelessColumns.map { Ignored(name: .column($0.place), reason: .hasNoName(from: $0.line)) }
        fields += repeatElement(nil, count: max(min(file.width, CSVFile.maximumColumns) - fields.count, 0))
        self.table = table
        self.fields = fields
        self.ignored = ignored
        self.numberColumn = numberColumn
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

    /// The first cells of a row, for people to recognise it.
    func summary(of row: CSVFile.Row) -> String {
        let cells = zip(fields, row.cells).filter { $0.0 != nil && $0.0?.kind != .code }.map { $0.1.trimmed }
        return cells.filter { !$0.isEmpty }.prefix(3).map(\.echo).joined(separator: " · ")
    }

    /// Fields by what a file may call them; the name on the wire wins over what people say.
    private struct Names {
        private let fields: [String: Field]

        init(_ fields: [Field]) {
            let labels = fields.flatMap { field in
                [field.label.english, field.label.spanish].map { ($0.folded, field) }
            }
            self.fields = Dictionary(
                fields.map { ($0.name.folded, $0) } + labels, uniquingKeysWith: { first, _ in first })
        }

        subscript(_ name: String) -> Field? { fields[name.folded] }
    }

    private static func twice(_ name: String) -> HTTPError {
        .invalid([
            FieldError(
                "file",
                Text(
                    "Two columns are “\(name.trimmed.prefix(60))”: leave one.",
                    es: "Hay dos columnas «\(name.trimmed.prefix(60))»: deje una."))
        ])
    }
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

    fileprivate static let cannotBeWritten = Text("cannot be written", es: "no se puede escribir")
    fileprivate static let unknownColumn = Text("no such column", es: "no existe esa columna")
    fileprivate static let noKnownColumn = Text(
        "The first line names no column of this table. It must hold the names of the columns.",
        es: "La primera línea no nombra ninguna columna de esta tabla. Debe contener los nombres de las columnas.")
}
