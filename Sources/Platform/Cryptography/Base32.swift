/// Base 32 (RFC 4648 section 6), the spelling in which people copy a one-time-password secret into their telephone.
package enum Base32 {
    private static let radix = Base2NEncoding(alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bitsPerSymbol: 5)

    /// Capitals and digits, no padding (as authenticators expect it).
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: radix.encode(bytes), as: UTF8.self)
    }

    /// The bytes of `text` in either letter case, with the right padding or none; nil for anything else.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let symbols = text.uppercased().utf8
        let body = symbols.prefix { $0 != UInt8(ascii: "=") }
        let padding = symbols.dropFirst(body.count)
        guard padding.allSatisfy({ $0 == UInt8(ascii: "=") }), padding.isEmpty || padding.count == -body.count & 7
        else {
            return nil
        }
        return radix.decode(body)
    }
}
