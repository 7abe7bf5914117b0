/// Text as a cell of a spreadsheet can hold it.
enum SheetText {
    /// UTF-16 units of the longest text.
    ///
    /// Source: Microsoft, "Excel specifications and limits".
    static let maximumUnits = 32_767

    /// The text in the spelling of the file format; what is too long ends with `mark`.
    ///
    /// A reader takes `_x0041_` for the letter with that number, so such a text of a person is spelled out (ECMA-376,
    /// part 1, 22.9.2.19); the library spells out control characters that way. Two scalars no XML can hold.
    static func cell(_ text: String, mark: String) -> String {
        let whole = text.utf16.count > maximumUnits ? shortened(text, mark: mark) : text
        let bytes = whole.utf8
        let isPlain = !bytes.contains { $0 == UInt8(ascii: "_") || $0 == 0xEF || $0 == 0 }
        if isPlain { return whole }
        return whole.replacing(#/_(?=x[0-9A-Fa-f]{4}_)/#, with: "_x005F_")
            .replacing("\u{0}", with: "").replacing("\u{FFFE}", with: "\u{FFFD}").replacing(
                "\u{FFFF}", with: "\u{FFFD}")
    }

    private static func shortened(_ text: String, mark: String) -> String {
        var room = maximumUnits - mark.utf16.count
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            room -= scalar.utf16.count
            if room < 0 { break }
            kept.append(scalar)
        }
        return String(kept) + mark
    }

    /// The name of a sheet: 1 to 31 units, none of `[]:*?/\`, no apostrophe at an end.
    static func sheetName(_ name: String) -> String {
        let kept = name.filter { !"[]:*?/\\".contains($0) }
        var short = kept
        while short.utf16.count > 31 { short.removeLast() }
        while short.hasPrefix("'") { short.removeFirst() }
        while short.hasSuffix("'") { short.removeLast() }
        return short.isEmpty ? "1" : short
    }
}
