/// Bytes written in an alphabet of 2^n symbols (RFC 4648), the common part of base 64 and base 32.
///
/// The most significant bit comes first. Reading accepts exactly what writing gives, so that a value has one spelling.
struct Base2NEncoding: Sendable {
    private let symbols: [UInt8]
    private let values: [UInt8?]
    private let bitsPerSymbol: Int

    /// An alphabet of 32 or 64 different ASCII characters.
    init(alphabet: String, bitsPerSymbol: Int) {
        symbols = Array(alphabet.utf8)
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, symbol) in symbols.enumerated() { values[Int(symbol)] = UInt8(value) }
        self.values = values
        self.bitsPerSymbol = bitsPerSymbol
    }

    /// The symbols of `bytes`, without padding.
    func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= bitsPerSymbol {
                bits -= bitsPerSymbol
                text.append(symbols[Int(buffer >> UInt32(bits)) & (symbols.count - 1)])
            }
            buffer &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { text.append(symbols[Int(buffer << UInt32(bitsPerSymbol - bits))]) }
        return text
    }

    /// The bytes of `text` without padding; nil for a foreign character, a length that no number of bytes gives, or
    /// bits set after the last byte.
    func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for symbol in text {
            guard let value = values[Int(symbol)] else { return nil }
            buffer = buffer << UInt32(bitsPerSymbol) | UInt32(value)
            bits += bitsPerSymbol
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
                buffer &= (1 << UInt32(bits)) - 1
            }
        }
        return bits < bitsPerSymbol && buffer == 0 ? bytes : nil
    }
}
