extension JSON {
    /// Reads one value of any kind, scalars too: whether a body must be an object is the caller's to say.
    ///
    /// Refused, because parsers disagree about them: duplicate names (also when one of them is escaped), bytes after
    /// the value, NUL in a name, invalid UTF-8, lone surrogates, reals beyond a Double. Whole numbers beyond 64 bits
    /// become reals: too large for any field, but the field says so.
    /// `\u0000` inside a text is let through: the check of that field has the right words for it.
    ///
    /// - Parameters:
    ///   - maximumBytes: a longer text is refused unread.
    ///   - maximumDepth: arrays and objects inside each other; `[]` has depth 1.
    package init(parsing bytes: [UInt8], maximumBytes: Int = 16_384, maximumDepth: Int = 16) throws(JSONError) {
        guard bytes.count <= maximumBytes else {
            throw JSONError(reason: .tooLarge(maximumBytes: maximumBytes), line: 1, column: 0)
        }
        // An empty array has no address, and jansson calls that a wrong argument, not an early end.
        guard !bytes.isEmpty else { throw JSONError(reason: .endedEarly, line: 1, column: 0) }
        try Nesting.check(bytes, maximumDepth: maximumDepth)
        do throws(JSONError) {
            self = try JanssonDocument(parsing: bytes).value()
        } catch {
            guard error.reason == .numberOutOfRange else { throw error }
            self = try JanssonDocument(parsing: bytes.withLongIntegersAsReals()).value()
        }
    }
}

extension [UInt8] {
    /// With `e0` behind every run of 19 digits or more that is a whole number by itself; texts stay as they are.
    fileprivate func withLongIntegersAsReals() -> [UInt8] {
        var copy: [UInt8] = []
        var digits = 0
        var isNumberSimple = true
        var quotes = Quotes()
        for byte in self + [UInt8(ascii: " ")] {
            let isInside = quotes.isInside(at: byte)
            if !isInside, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                digits += 1
            } else {
                let goesOn = !isInside && ".eE+".utf8.contains(byte)
                if digits >= 19, isNumberSimple, !goesOn { copy += Array("e0".utf8) }
                isNumberSimple = !goesOn
                digits = 0
            }
            copy.append(byte)
        }
        return copy
    }
}

/// Where texts begin and end, as far as brackets and numbers must know: a text ends at an unescaped quote.
private struct Quotes {
    private var insideString = false
    private var escaped = false

    /// Whether the byte, met in order, belongs to a text (its quotes included).
    mutating func isInside(at byte: UInt8) -> Bool {
        if insideString {
            if byte == UInt8(ascii: "\""), !escaped { insideString = false }
            escaped = byte == UInt8(ascii: "\\") && !escaped
            return true
        }
        insideString = byte == UInt8(ascii: "\"")
        return insideString
    }
}

/// Counts brackets before the parser runs: jansson recurses, and its own limit of 2048 levels is far above ours.
///
/// Needs no understanding of JSON beyond "a string ends at an unescaped quote": up to the first syntax error, where
/// jansson stops, both agree on what is inside a string.
private struct Nesting {
    private var depth = 0
    private var line = 1
    private var column = 0
    private var quotes = Quotes()

    static func check(_ bytes: [UInt8], maximumDepth: Int) throws(JSONError) {
        var nesting = Nesting()
        for byte in bytes {
            nesting.advance(over: byte)
            guard nesting.depth <= maximumDepth else {
                throw JSONError(
                    reason: .tooDeep(maximumDepth: maximumDepth), line: nesting.line, column: nesting.column)
            }
        }
    }

    private mutating func advance(over byte: UInt8) {
        locate(byte)
        guard !quotes.isInside(at: byte) else { return }
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        default: break
        }
    }

    private mutating func locate(_ byte: UInt8) {
        if byte == UInt8(ascii: "\n") {
            line += 1
            column = 0
        } else if byte & 0xC0 != 0x80 {
            column += 1  // continuation bytes of UTF-8 belong to the character already counted
        }
    }
}
