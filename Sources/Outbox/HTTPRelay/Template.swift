import Cryptography
import JSON

/// What stands in place of the names between braces, written as the place wants it.
struct Template {
    /// Where a value is put.
    enum Place {
        /// Part of an address (RFC 3986): all but unreserved characters as %XX.
        case address
        /// Within quotes of JSON, or a number.
        case json
        case xml
        case form
        case plain

        /// By the type of a body.
        init(contentType: String) {
            let type = contentType.lowercased()
            if type.contains("json") {
                self = .json
            } else if type.contains("xml") {
                self = .xml
            } else {
                self = type.contains("x-www-form-urlencoded") ? .form : .plain
            }
        }
    }

    private let values: [String: String]

    init(_ values: [String: String]) { self.values = values }

    /// The text with its values; what stands between braces and is no name of ours stays, as in JSON.
    func filled(_ text: String, for place: Place) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[open...]
            let name = rest.dropFirst().prefix { $0.isLetter || $0 == "_" }
            if let value = values[String(name)], rest.dropFirst(1 + name.count).first == "}" {
                result += Self.encoded(value, for: place)
                rest = rest.dropFirst(name.count + 2)
            } else {
                result.append("{")
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    private static func encoded(_ value: String, for place: Place) -> String {
        switch place {
        case .address, .form: value.utf8.map(percent).joined()
        case .json: String(decoding: JSON.string(value).serialized().dropFirst().dropLast(), as: UTF8.self)
        case .xml:
            value.unicodeScalars.filter { $0.value >= 0x20 }.map { xml($0) }.joined()
        case .plain: String(String.UnicodeScalarView(value.unicodeScalars.filter { $0.value >= 0x20 }))
        }
    }

    private static func percent(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            return String(Character(Unicode.Scalar(byte)))
        default: return "%" + Hexadecimal.encode([byte]).uppercased()
        }
    }

    private static func xml(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&apos;"
        default: String(Character(scalar))
        }
    }
}
