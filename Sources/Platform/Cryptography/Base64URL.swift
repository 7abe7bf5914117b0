/// Base 64 for addresses and tokens (RFC 4648 section 5), never padded.
package enum Base64URL {
    private static let radix = Base2NEncoding(
        alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", bitsPerSymbol: 6)

    /// The text of `bytes`.
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: radix.encode(bytes), as: UTF8.self)
    }

    /// The bytes of `text`; nil for padding, blanks, other alphabets, and unused bits that are not zero: what is
    /// signed must have one spelling.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? { decode(utf8: text.utf8) }

    /// The same for the bytes of a text.
    static func decode(utf8 text: some Sequence<UInt8>) -> [UInt8]? { radix.decode(text) }
}

/// Base 64 as Django writes password hashes and browsers read `data:` pictures (RFC 4648 section 4), always padded.
package enum Base64 {
    private static let radix = Base2NEncoding(
        alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", bitsPerSymbol: 6)

    /// The text of `bytes`.
    package static func encode(_ bytes: [UInt8]) -> String {
        let text = radix.encode(bytes)
        let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
        return String(decoding: text + padding, as: UTF8.self)
    }

    /// The bytes of `text`; nil for anything that ``encode(_:)`` does not give.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard let bytes = radix.decode(text.utf8.prefix { $0 != UInt8(ascii: "=") }) else { return nil }
        return encode(bytes) == text ? bytes : nil
    }
}
