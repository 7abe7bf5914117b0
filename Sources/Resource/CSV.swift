/// Comma-separated values (RFC 4180) that stay text in a spreadsheet.
package enum CSV {
    /// For who opens the file with a spreadsheet, which else takes UTF-8 for something older.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// What makes a spreadsheet take a cell for a formula when it comes first, full-width forms included.
    /// Source: OWASP, "CSV Injection"
    private static let formula: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]
    /// What a cell without quotes cannot hold; semicolons separate cells where commas are decimal points.
    private static let special = Set("\",;\t\r\n".utf8)

    /// One line of cells.
    package static func line(_ cells: [String]) -> String {
        cells.joined(separator: ",") + "\r\n"
    }

    /// Text of a person, who may be hostile: never a formula.
    package static func text(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return "" }
        if isFormula(text) { return quoted("'" + text) }
        let isPlain =
            first != " " && text.utf8.last != UInt8(ascii: " ") && !text.utf8.contains(where: special.contains)
        return isPlain ? text : quoted(text)
    }

    /// The text that ``text(_:)`` wrote so: without the apostrophe in front of a formula.
    static func meant(_ cell: String) -> String {
        cell.hasPrefix("'") && isFormula(String(cell.dropFirst())) ? String(cell.dropFirst()) : cell
    }

    /// Apostrophes in front of one count as part of it, so that one more can always be taken away again.
    private static func isFormula(_ text: String) -> Bool {
        text.unicodeScalars.first { $0 != "'" }.map(formula.contains) ?? false
    }

    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
