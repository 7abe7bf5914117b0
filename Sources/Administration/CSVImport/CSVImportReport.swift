import JSON
import Pages
import Resource
import Web

/// What becomes of a row of a file.
enum RowOutcome: String, CaseIterable, Sendable {
    case new, changed, same, wrong

    /// As words over a list.
    var label: Text {
        switch self {
        case .new: Text("New", es: "Nuevas")
        case .changed: Text("Changed", es: "Con cambios")
        case .same: Text("Already there", es: "Ya estaban")
        case .wrong: Text("Wrong", es: "Con errores")
        }
    }
}

/// What would become of every row of a file, and why not.
struct CSVImportReport: Equatable {
    /// What is wrong with a row.
    struct Fault: Equatable {
        let line: Int
        /// The field's name; empty for the whole row.
        let field: String
        let text: Text
        /// What stood in the file.
        let value: String
    }

    /// What a row changes of one that is there.
    struct Change: Equatable {
        let line: Int
        let field: String
        let old: String
        let new: String
    }

    /// One row of the file.
    struct Row: Equatable {
        let line: Int
        var outcome: RowOutcome
        /// The row that is there already; 0 for a new one.
        var id: Int64 = 0
        /// What would be written, a cell for each of ``columns``; of a report without columns what the row is called.
        let cells: [String]
    }

    var encoding = ""
    var separator = ""
    /// Names of the fields that the file has a column for.
    var columns: [String] = []
    var ignored: [CSVImportColumns.Ignored] = []
    /// Names of fields that new rows need and the file has no column for.
    var missing: [String] = []
    /// Whether somebody should say what the columns are.
    var isOpen = false
    /// What a person should know before the rows are written, and no reason not to.
    var warnings: [Text] = []
    var rows: [Row] = []
    var faults: [Fault] = []
    var changes: [Change] = []

    func count(_ outcome: RowOutcome) -> Int { rows.lazy.filter { $0.outcome == outcome }.count }

    /// Rows that would be written.
    var writes: Int { count(.new) + count(.changed) }

    /// Whether another look at the file came to the same.
    func agrees(with other: CSVImportReport) -> Bool {
        rows.elementsEqual(other.rows) { $0.line == $1.line && $0.outcome == $1.outcome && $0.id == $1.id }
    }
}

// MARK: As it is kept

extension CSVImportReport {
    private static let maximumBytes = 67_108_864

    var json: JSON {
        [
            "encoding": .string(encoding), "separator": .string(separator),
            "columns": .array(columns.map { .string($0) }),
            "ignored": .array(ignored.map { [$0.name.json, $0.reason.json] }),
            "missing": .array(missing.map { .string($0) }),
            "is_open": .bool(isOpen),
            "warnings": .array(warnings.map(\.json)),
            "rows": .array(
                rows.map {
                    [
                        .integer(Int64($0.line)), .string($0.outcome.rawValue), .integer($0.id),
                        .array($0.cells.map { .string($0) }),
                    ]
                }),
            "faults": .array(
                faults.map { [.integer(Int64($0.line)), .string($0.field), $0.text.json, .string($0.value)] }),
            "changes": .array(
                changes.map {
                    [.integer(Int64($0.line)), .string($0.field), .string($0.old), .string($0.new)]
                }),
        ]
    }

    /// - Throws: when it is no report of ours.
    init(reading bytes: [UInt8]) throws {
        let json = try JSON(parsing: bytes, maximumBytes: Self.maximumBytes)
        func items(_ name: String) -> [[JSON]] { json[name]?.elements?.compactMap(\.elements) ?? [] }
        encoding = json["encoding"]?.stringValue ?? ""
        separator = json["separator"]?.stringValue ?? ""
        func words(_ name: String) -> [String] { json[name]?.elements?.compactMap(\.stringValue) ?? [] }
        columns = words("columns")
        missing = words("missing")
        isOpen = json["is_open"] == .bool(true)
        warnings = json["warnings"]?.elements?.map(Text.init) ?? []
        ignored = items("ignored").map { .init(name: Text($0[0]), reason: Text($0[1])) }
        rows = items("rows").map {
            Row(
                line: Int($0[0].integerValue ?? 0), outcome: RowOutcome(rawValue: $0[1].stringValue ?? "") ?? .wrong,
                id: $0[2].integerValue ?? 0, cells: $0[3].elements?.compactMap(\.stringValue) ?? [])
        }
        faults = items("faults").map {
            Fault(
                line: Int($0[0].integerValue ?? 0), field: $0[1].stringValue ?? "", text: Text($0[2]),
                value: $0[3].stringValue ?? "")
        }
        changes = items("changes").map {
            Change(
                line: Int($0[0].integerValue ?? 0), field: $0[1].stringValue ?? "", old: $0[2].stringValue ?? "",
                new: $0[3].stringValue ?? "")
        }
    }

    /// The faults alone: what is kept once the good rows are imported.
    var leftovers: CSVImportReport {
        var report = CSVImportReport()
        report.faults = faults
        report.columns = columns
        report.missing = missing
        report.rows = rows.filter { $0.outcome == .wrong }
        return report
    }

    /// The faults as a file for a spreadsheet.
    func faultLines(_ table: Table, _ language: Language) -> [String] {
        let head = [
            Text("Line", es: "Línea"), Text("Column", es: "Columna"), Text("Value", es: "Valor"),
            Text("Problem", es: "Problema"),
        ].map { CSV.text($0(language)) }
        let absent = missing.map { name in
            ["", CSV.text(table.label(name)(language)), "", CSV.text(Text.missing([table.label(name)])(language))]
        }
        let lines = faults.map { fault in
            [
                fault.line > 0 ? String(fault.line) : "", CSV.text(table.label(fault.field)(language)),
                CSV.text(fault.value),
            ]
                + [CSV.text(fault.text(language))]
        }
        return ([head] + absent + lines).map(CSV.line)
    }
}

extension Table {
    /// What a person calls a column; nothing for the row as a whole.
    func label(_ field: String) -> Text {
        if field == "id" { return Text("ID", es: "ID") }
        let known = resource.field(field) ?? importPlaces.first { $0.name == field }
        return known?.label ?? Text("", es: "")
    }
}

extension Text {
    /// The one sentence about columns that the file does not have and new rows need.
    static func missing(_ columns: [Text]) -> Text {
        let names = columns.listed
        return columns.count == 1
            ? Text("The column \(names.english) is missing.", es: "Falta la columna \(names.spanish).")
            : Text("The columns \(names.english) are missing.", es: "Faltan las columnas \(names.spanish).")
    }

    fileprivate var json: JSON { [.string(english), .string(spanish)] }

    fileprivate init(_ json: JSON) {
        let texts = json.elements?.compactMap(\.stringValue) ?? []
        self.init(texts.first ?? "", es: texts.last ?? "")
    }
}
