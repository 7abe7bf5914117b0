/// Reads an archive of ``TarWriter`` as it comes in, file by file.
struct TarReader {
    /// Largest file, in bytes: far more than a photo has.
    private static let limit: Int64 = 64 * 1024 * 1024

    private var waiting: [UInt8] = []
    private var hasEnded = false

    /// Takes the next piece and hands over every file that is whole by now.
    /// - Throws: `CommandFailure.badData` for what is no such archive.
    mutating func add(_ piece: [UInt8], _ take: (_ name: String, _ content: [UInt8]) throws -> Void)
        throws
    {
        waiting += piece
        var start = 0
        while !hasEnded, waiting.count - start >= TarWriter.block {
            let header = Array(waiting[start..<start + TarWriter.block])
            guard header.contains(where: { $0 != 0 }) else {
                hasEnded = true
                break
            }
            let size = try Self.number(header[124..<135])
            guard size <= Self.limit else { throw Self.noArchive }
            let first = start + TarWriter.block
            let last = first + Int(clamping: size)
            let next = first + (Int(clamping: size) + TarWriter.block - 1) / TarWriter.block * TarWriter.block
            guard waiting.count >= next else { break }
            let name = String(decoding: header[..<100].prefix { $0 != 0 }, as: UTF8.self)
            try take(name, Array(waiting[first..<last]))
            start = next
        }
        waiting.removeFirst(start)
    }

    /// - Throws: `CommandFailure.badData` when the archive was cut off.
    func finish() throws {
        guard hasEnded else { throw Self.noArchive }
    }

    private static let noArchive = CommandFailure.badData("an archive of the backup is not whole")

    /// Eleven octal digits at most: no number of them is too large.
    private static func number(_ digits: ArraySlice<UInt8>) throws -> Int64 {
        try digits.reduce(Int64(0)) { number, digit in
            guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else { throw noArchive }
            return number * 8 + Int64(clamping: digit - UInt8(ascii: "0"))
        }
    }
}
