/// Object ids of PostgreSQL's built-in types (catalogue pg_type); they never change.
enum ColumnTypes {
    static let booleans: [UInt32] = [16]
    static let bytes: [UInt32] = [17]
    static let integers: [UInt32] = [20, 21, 23, 26]
    static let textArrays: [UInt32] = [1009, 1015, 1002, 1003]
    static let integerArrays: [UInt32] = [1005, 1007, 1016]
}

/// Reads the text form in which PostgreSQL sends values.
enum TextFormat {
    /// bytea in hex format: `\x00ff`.
    static func bytes(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]), text.count.isMultiple(of: 2) else {
            return nil
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        for index in stride(from: text.startIndex + 2, to: text.endIndex, by: 2) {
            guard let high = digit(text[index]), let low = digit(text[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    /// An array literal of one dimension without nulls: `{a,"b c"}`.
    static func array(_ text: ArraySlice<UInt8>) -> [String]? {
        guard text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}"), text.count >= 2 else { return nil }
        var rest = text.dropFirst().dropLast()
        var elements: [String] = []
        while !rest.isEmpty {
            guard let element = nextElement(&rest) else { return nil }
            elements.append(element)
            guard let separator = rest.popFirst() else { break }
            // A comma must be followed by an element.
            guard separator == UInt8(ascii: ","), !rest.isEmpty else { return nil }
        }
        return elements
    }

    private static func nextElement(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard rest.first == UInt8(ascii: "\"") else { return bareElement(&rest) }
        rest.removeFirst()
        var element: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(validating: element, as: UTF8.self) }
            guard let literal = byte == UInt8(ascii: "\\") ? rest.popFirst() : byte else { return nil }
            element.append(literal)
        }
        return nil
    }

    private static func bareElement(_ rest: inout ArraySlice<UInt8>) -> String? {
        let element = rest.prefix { $0 != UInt8(ascii: ",") }
        rest = rest.dropFirst(element.count)
        // Unquoted braces mean a second dimension; an unquoted NULL is a null.
        guard !element.isEmpty, !element.contains(UInt8(ascii: "{")),
            let text = String(validating: element, as: UTF8.self),
            text.uppercased() != "NULL"
        else { return nil }
        return text
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
