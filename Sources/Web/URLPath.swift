/// Paths as nginx decodes them and as addresses hold them.
package enum URLPath {
    /// What stands for itself in the path of an address besides letters and digits (RFC 3986, 3.3).
    private static let itself = Set("-._~!$&'()*+,;=:@/".utf8)

    /// A decoded path as it stands in an address.
    ///
    /// - Parameter keeping: further characters that stay themselves.
    package static func encode(_ path: String, keeping further: String = "") -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(path.utf8.count)
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                encoded.append(byte)
            case _ where itself.contains(byte) || further.utf8.contains(byte): encoded.append(byte)
            default: encoded += Array("%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// Whether it may be looked at: no control character and no separator of lines, which no address of ours has and
    /// which would be told apart differently by whoever reads it later.
    static func isPlain(_ path: String) -> Bool {
        path.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }
}
