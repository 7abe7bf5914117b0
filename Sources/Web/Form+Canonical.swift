import JSON

extension Form {
    /// What the form says, the same bytes for every way of saying it: JSON in any order and spacing, or a form.
    ///
    /// An HTML form knows texts alone, so `1`, `1.0` and `"1"` are the same here, and a list is its elements under one name.
    /// A text of digits stays as it is: `"007"` may be a document.
    var canonical: [UInt8] {
        // RFC 7578, 4.6: how the others are written.
        let said = items.filter { $0.name != "_charset_" }.enumerated()
        let sorted = said.sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
        return sorted.flatMap { _, item in
            item.value.canonical.flatMap { value in
                Array("\(item.name.utf8.count) \(item.name) \(value.count) ".utf8) + value
            }
        }
    }
}

extension FormValue {
    /// The elements of a list, else the one value; an empty list is what a form says with a blank one.
    fileprivate var canonical: [[UInt8]] {
        switch self {
        case .json(.array(let elements)): elements.isEmpty ? [JSON.string("").canonical] : elements.map(\.canonical)
        case .json(let json): [json.canonical]
        case .file(let file): [Array("file ".utf8) + file.bytes]
        }
    }
}

extension JSON {
    fileprivate var canonical: [UInt8] {
        switch self {
        case .null: Array("null".utf8)
        case .bool(let value): Array("text \(value)".utf8)
        case .integer(let number): Array("text \(number)".utf8)
        case .real(let number): Array("text \(Int64(exactly: number).map(String.init) ?? "\(number)")".utf8)
        case .string(let text): Array("text \(text)".utf8)
        case .array(let elements): Array("list ".utf8) + Self.framed(elements.map(\.canonical))
        case .object(let members):
            Array("object ".utf8)
                + Self.framed(
                    members.sorted { $0.name < $1.name }.flatMap { [Array($0.name.utf8), $0.value.canonical] })
        }
    }

    /// Each with its length in front, so that no two lists read alike.
    private static func framed(_ pieces: [[UInt8]]) -> [UInt8] {
        pieces.flatMap { Array("\($0.count) ".utf8) + $0 }
    }
}
