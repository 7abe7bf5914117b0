extension JSON {
    /// Reads one value of any kind, scalars too: whether a body must be an object is the caller's to say.
    ///
    /// Refused, because parsers disagree about them: duplicate names (also when one of them is escaped), bytes after
    /// the value, NUL in a name, invalid UTF-8, lone surrogates, integers beyond 64 bits, reals beyond a Double.
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
        self = try JanssonDocument(parsing: bytes).value()
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
    private var insideString = false
    private var escaped = false

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
        if insideString {
            if byte == UInt8(ascii: "\""), !escaped { insideString = false }
            escaped = byte == UInt8(ascii: "\\") && !escaped
            return
        }
        switch byte {
        case UInt8(ascii: "\""): insideString = true
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
