import JSON
import PostgreSQL
import Spreadsheets
import Web

extension Projection {
    /// One row as cells of a CSV, in the order of ``names``.
    func csvCells(_ row: Row, _ context: Context) throws -> [String] {
        try values(row, context).map { value, kind in
            switch value {
            case .null: ""
            case .bool(let bool): bool ? "true" : "false"
            case .integer(let number): String(number)
            case .string(let text): kind == .decimal ? text : CSV.text(text)
            default: CSV.text(Self.words(value))
            }
        }
    }

    /// One row as cells of a sheet: days and times are such, and so are numbers to count with.
    ///
    /// Documents, phones, codes and names of units are text, which no spreadsheet rewrites.
    func sheetCells(_ row: Row, _ context: Context) throws -> [SheetCell] {
        try values(row, context).map { value, kind in
            switch value {
            case .null: .empty
            case .bool(let bool): .bool(bool)
            case .integer(let number): .whole(number)
            case .string(let text): text.isEmpty ? .empty : kind.sheetCell(text)
            default: .text(Self.words(value))
            }
        }
    }

    /// A list with blanks between its items; an object as JSON.
    private static func words(_ value: JSON) -> String {
        guard case .array(let items) = value else { return String(decoding: value.serialized(), as: UTF8.self) }
        return items.map(word).joined(separator: " ")
    }

    private static func word(_ item: JSON) -> String {
        if case .string(let text) = item { text } else { String(decoding: item.serialized(), as: UTF8.self) }
    }
}

extension FieldKind {
    fileprivate func sheetCell(_ text: String) -> SheetCell {
        switch self {
        case .date: .date(text)
        case .time: .clock(text)
        case .timestamp: .moment(text)
        case .decimal: Double(text).map { .number($0) } ?? .text(text)
        default: .text(text)
        }
    }
}

extension Text {
    /// - Parameter most: rows that a workbook may have.
    static func tooLongForSheet(_ most: Int64) -> Text {
        Text(
            "An Excel file holds at most \(most.grouped) rows, and this list is longer. Download it as CSV, or filter the list first.",
            es:
                "Un archivo de Excel lleva \(most.grouped) registros como máximo y esta lista es más larga. Descárguela como CSV o filtre antes la lista."
        )
    }

    static let cutInSheet = Text(
        "… (cut off: the CSV has the whole text)", es: "… (recortado: el CSV tiene el texto completo)")
}
