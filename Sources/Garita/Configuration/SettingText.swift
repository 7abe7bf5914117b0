import Web

/// How python-decouple 3.8 reads the text of a value, so that files of the legacy API mean the same here.
///
/// Source: the package's `Config._cast_boolean`, `Csv`; Python's `shlex`. Tests/Integration/test_configuration.py compares.
enum SettingText {
    /// White space of Python's `str.strip`.
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    /// The text without blanks around it.
    static func trimmed(_ text: some StringProtocol, of isBlank: (Unicode.Scalar) -> Bool = isBlank) -> String {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.firstIndex(where: { !isBlank($0) }),
            let last = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: scalars[first...last])
        return String(kept)
    }

    /// Nil for a word that stands for neither.
    static func bool(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "y", "yes", "t", "true", "on", "1": true
        case "n", "no", "f", "false", "off", "0", "": false
        default: nil
        }
    }

    /// A whole number that is not negative, below 10^9; nil for anything else.
    static func number(_ text: String) -> Int? {
        WholeNumber.read(trimmed(text), in: 0...999_999_999).map(Int.init)
    }

    /// The elements between commas; nil when a quotation mark or a backslash has no partner.
    static func list(_ text: String) -> [String]? {
        var reader = ListReader(rest: Array(text.unicodeScalars)[...])
        while !reader.isAtEnd { guard reader.readNext() else { return nil } }
        return reader.elements.map { trimmed($0) { ($0.value >= 9 && $0.value <= 13) || $0 == " " } }
    }
}

/// Python's `shlex` with the comma as its only white space: quotation marks and backslashes take commas in, `#` begins a
/// comment, empty elements are left out unless quoted.
private struct ListReader {
    var rest: ArraySlice<Unicode.Scalar>
    var elements: [String] = []
    private var element = ""
    private var isQuoted = false

    init(rest: ArraySlice<Unicode.Scalar>) { self.rest = rest }

    var isAtEnd: Bool { rest.isEmpty && element.isEmpty && !isQuoted }

    /// Reads one piece: a character, a quotation, a comment, or the end.
    /// - Returns: false when something has no end.
    mutating func readNext() -> Bool {
        guard let scalar = rest.popFirst() else {
            endElement()
            return true
        }
        switch scalar {
        case ",": endElement()
        case "#":
            endElement()
            rest = rest.drop { $0 != "\n" }.dropFirst()
        case "\\":
            guard let escaped = rest.popFirst() else { return false }
            element.unicodeScalars.append(escaped)
        case "'", "\"": return readQuotation(endedBy: scalar)
        default: element.unicodeScalars.append(scalar)
        }
        return true
    }

    private mutating func endElement() {
        if !element.isEmpty || isQuoted { elements.append(element) }
        element = ""
        isQuoted = false
    }

    /// Between double marks a backslash takes itself and the mark in, and is a character before any other.
    private mutating func readQuotation(endedBy mark: Unicode.Scalar) -> Bool {
        isQuoted = true
        while let scalar = rest.popFirst() {
            if scalar == mark { return true }
            guard scalar == "\\", mark == "\"" else {
                element.unicodeScalars.append(scalar)
                continue
            }
            guard let escaped = rest.popFirst() else { return false }
            if escaped != "\\", escaped != mark { element.unicodeScalars.append("\\") }
            element.unicodeScalars.append(escaped)
        }
        return false
    }
}
