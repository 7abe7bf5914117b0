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
        if needsApostrophe(text) { return quoted("'" + text) }
        let isPlain =
            first != " " && text.utf8.last != UInt8(ascii: " ") && !text.utf8.contains(where: special.contains)
        return isPlain ? text : quoted(text)
    }

    /// The text that ``text(_:)`` or a person wrote so for a spreadsheet: without the apostrophe in front of a formula or
    /// of digits.
    static func meant(_ cell: String) -> String {
        guard cell.utf8.first == UInt8(ascii: "'") else { return cell }
        let rest = String(cell.unicodeScalars.dropFirst())
        return needsApostrophe(rest) || isNumber(rest) ? rest : cell
    }

    /// Apostrophes in front count as part of a formula or a number, so that one more can always be taken away again.
    private static func needsApostrophe(_ text: String) -> Bool {
        let bare = text.unicodeScalars.drop { $0 == "'" }
        return bare.first.map(formula.contains) ?? false || text.utf8.first == UInt8(ascii: "'") && isNumber(text)
    }

    private static func isNumber(_ text: String) -> Bool {
        let bare = text.utf8.drop { $0 == UInt8(ascii: "'") }
        return !bare.isEmpty && bare.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
