/// The character encodings in which a body is read.
package enum Charset: Equatable {
    case utf8, latin1, utf16

    /// - Returns: Nil for a charset we do not read.
    init?(_ name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii": self = .utf8
        case "iso-8859-1", "latin-1", "latin1": self = .latin1
        case "utf-16", "utf-16le", "utf-16be": self = .utf16
        default: return nil
        }
    }

    /// - Returns: Nil when the bytes are not of this charset.
    package func text(_ bytes: some Collection<UInt8>) -> String? {
        switch self {
        case .utf8: String(validating: bytes, as: UTF8.self)
        case .latin1: String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        case .utf16: Self.utf16(Array(bytes))
        }
    }

    /// The byte order is that of the mark in front; without one, that in which an ASCII character begins.
    private static func utf16(_ bytes: [UInt8]) -> String? {
        guard bytes.count.isMultiple(of: 2), bytes.count >= 2 else { return bytes.isEmpty ? "" : nil }
        let isMarked = bytes[0] ^ bytes[1] == 0xFE ^ 0xFF && max(bytes[0], bytes[1]) == 0xFF
        let isBigEndian = isMarked ? bytes[0] == 0xFE : bytes[0] == 0
        let units = stride(from: isMarked ? 2 : 0, to: bytes.count, by: 2).map { index -> UInt16 in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        return String(validating: units, as: UTF16.self)
    }
}
