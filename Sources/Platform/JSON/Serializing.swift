extension JSON {
    /// Compact UTF-8: no blanks, order kept, only what must be escaped is escaped.
    ///
    /// A real that JSON cannot write (NaN, infinity) is `null`.
    package func serialized() -> [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }
}

/// A JSON text written from left to right.
///
/// Not by way of jansson: the second tree it needs was a third of the worker's time for a list. A list of rows is written
/// without a tree at all.
package struct JSONWriter {
    private static let quote = UInt8(ascii: "\"")
    private static let hexadecimal = Array("0123456789ABCDEF".utf8)

    /// What was written.
    package private(set) var bytes: [UInt8] = []

    /// With room for a usual answer.
    package init() {
        bytes.reserveCapacity(16_384)
    }

    /// One value.
    package mutating func write(_ value: JSON) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let number): append(String(number))
        case .real(let number): append(number.isFinite ? number.description : "null")
        case .string(let text): quoted(text.utf8)
        case .array(let elements): list("[", elements, "]") { $0.write($1) }
        case .object(let members):
            list("{", members, "}") { writer, member in
                writer.quoted(member.name.utf8)
                writer.append(":")
                writer.write(member.value)
            }
        }
    }

    private mutating func list<Element>(
        _ opening: String, _ elements: [Element], _ closing: String, _ write: (inout JSONWriter, Element) -> Void
    ) {
        append(opening)
        for (index, element) in elements.enumerated() {
            if index > 0 { append(",") }
            write(&self, element)
        }
        append(closing)
    }

    /// What is JSON already, or a piece of it.
    package mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// The same, as UTF-8.
    package mutating func append(_ text: ArraySlice<UInt8>) {
        bytes.append(contentsOf: text)
    }

    /// A text, given as UTF-8.
    package mutating func write(text: ArraySlice<UInt8>) {
        quoted(text)
    }

    /// Nearly no text has anything to escape: it is taken whole, and looked through where it lies.
    private mutating func quoted(_ text: some Sequence<UInt8>) {
        bytes.append(Self.quote)
        let start = bytes.count
        bytes.append(contentsOf: text)
        if let first = bytes[start...].firstIndex(where: Self.mustBeEscaped) {
            let rest = bytes[first...]
            bytes.removeSubrange(first...)
            for byte in rest { escape(byte) }
        }
        bytes.append(Self.quote)
    }

    private static func mustBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == quote || byte == UInt8(ascii: "\\")
    }

    /// RFC 8259, section 7.
    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case Self.quote: append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x08: append("\\b")
        case 0x09: append("\\t")
        case 0x0A: append("\\n")
        case 0x0C: append("\\f")
        case 0x0D: append("\\r")
        case ..<0x20:
            append("\\u00")
            bytes.append(Self.hexadecimal[Int(byte >> 4)])
            bytes.append(Self.hexadecimal[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }
}
