/// Writes a tape archive of plain files (POSIX.1-1988, ustar), which every tar reads.
enum TarWriter {
    static let block = 512
    /// The sum of the eight blanks that stand for a header's sum while it is worked out.
    private static let blanks: Int64 = 256
    /// What ends an archive: two empty blocks.
    static let end = [UInt8](repeating: 0, count: 2 * block)

    /// One file: header and content, filled up to whole blocks.
    /// - Parameters:
    ///   - name: of at most 100 bytes.
    ///   - modified: in seconds since 1970.
    static func entry(_ name: String, _ content: [UInt8], modified: Int64) -> [UInt8] {
        let filling = (block - content.count % block) % block
        return header(name, size: Int64(content.count), modified) + content + [UInt8](repeating: 0, count: filling)
    }

    private static func header(_ name: String, size: Int64, _ modified: Int64) -> [UInt8] {
        func field(_ text: String, _ length: Int) -> [UInt8] {
            let bytes = Array(text.utf8.prefix(length))
            return bytes + [UInt8](repeating: 0, count: length - bytes.count)
        }
        func octal(_ number: Int64, _ length: Int) -> [UInt8] {
            let digits = String(max(0, number), radix: 8)
            return field(String(repeating: "0", count: max(0, length - 1 - digits.count)) + digits, length)
        }
        let before =
            field(name, 100) + octal(0o600, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12)
            + octal(modified, 12)
        let after = field("0", 1) + field("", 100) + field("ustar", 6) + field("00", 2) + field("", 247)
        // The sum counts its own field as blanks.
        let sum = (before + after).reduce(blanks) { $0 + Int64(clamping: $1) }
        return before + octal(sum, 7) + [0x20] + after
    }
}
