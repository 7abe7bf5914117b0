/// One `name=value` of a query string or of a form body.
package struct QueryItem: Sendable, Equatable {
    /// Decoded.
    package let name: String
    /// Decoded; empty where there is no equals sign.
    package let value: String

    /// - Parameters: as decoded text; ``encode(_:)`` makes an address of it.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Decodes `application/x-www-form-urlencoded` text.
    /// - Throws: 400 with the parameter named when a name or value holds a NUL or is not UTF-8: libpq would cut text at a NUL.
    package static func parse(_ text: String) throws(HTTPError) -> [QueryItem] {
        var items: [QueryItem] = []
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try decode(halves[0], of: FieldError.wholeObject)
            items.append(QueryItem(name, halves.count > 1 ? try decode(halves[1], of: name) : ""))
        }
        return items
    }

    private static func decode(
        _ encoded: Substring.UTF8View.SubSequence, of name: String
    ) throws(HTTPError) -> String {
        let bytes = encoded.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }.percentDecoded
        guard !bytes.contains(0) else { throw .invalid([FieldError(name, .nullCharacters)]) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalid([FieldError(name, .notUTF8)]) }
        return text
    }

    /// Encodes as the legacy API does: blanks as `+`, all but letters, digits and `_.-~` as `%XX`.
    package static func encode(_ items: [QueryItem]) -> String {
        items.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    private static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: " "): encoded += "+"
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}

extension Collection<UInt8> {
    /// With the bytes that `%XX` stands for; a percent sign without two digits stays itself, as Python's parser leaves it.
    var percentDecoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var rest = self[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2).compactMap(\.hexDigitValue)
            if byte == UInt8(ascii: "%"), digits.count == 2 {
                bytes.append(digits[0] << 4 | digits[1])
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}

extension UInt8 {
    fileprivate var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
