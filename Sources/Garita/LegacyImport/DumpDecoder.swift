/// Turns the bytes of a dump into UTF-8, piece by piece.
///
/// Windows writes UTF-16 when a shell stores what a program printed, and a mark before UTF-8. The mark tells the encoding,
/// and without one the first character does, because a dump begins with ASCII (RFC 4627, section 3).
struct DumpDecoder {
    private enum Encoding { case utf8, utf16LittleEndian, utf16BigEndian }

    /// Known from the first piece on.
    private var encoding: Encoding?
    /// Bytes of UTF-16 that do not make a character yet.
    private var rest: [UInt8] = []

    /// - Throws: `CommandFailure.badData` for an encoding that we do not read.
    mutating func decode(_ piece: [UInt8]) throws -> [UInt8] {
        var bytes = piece[...]
        let encoding = try encoding ?? Self.recognise(&bytes)
        self.encoding = encoding
        guard encoding != .utf8 else { return bytes.count == piece.count ? piece : Array(bytes) }
        rest += bytes
        return try takeUTF16(encoding == .utf16BigEndian)
    }

    /// - Throws: `CommandFailure.badData` when the text ends inside a character.
    func finish() throws {
        guard rest.isEmpty else { throw Self.broken }
    }

    private mutating func takeUTF16(_ isBigEndian: Bool) throws -> [UInt8] {
        var units = stride(from: 0, to: rest.count - 1, by: 2).map { place in
            let (low, high) = isBigEndian ? (rest[place + 1], rest[place]) : (rest[place], rest[place + 1])
            return UInt16(truncatingIfNeeded: high) << 8 | UInt16(truncatingIfNeeded: low)
        }
        if let last = units.last, UTF16.isLeadSurrogate(last) { units.removeLast() }
        rest.removeFirst(units.count * 2)
        var text: [UInt8] = []
        text.reserveCapacity(units.count)
        let isBroken = transcode(units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true) {
            text.append($0)
        }
        guard !isBroken else { throw Self.broken }
        return text
    }

    /// Finds the encoding by the beginning of the text, and drops the mark that names it.
    private static func recognise(_ text: inout ArraySlice<UInt8>) throws -> Encoding {
        let first = Array(text.prefix(4))
        switch (first.first ?? 1, first.dropFirst().first ?? 1, Array(first.dropFirst(2))) {
        case (0xFF, 0xFE, [0, 0]), (0, 0, _), (_, 0, [0, 0]): throw unreadable("UTF-32")
        case (0xFF, 0xFE, _):
            text.removeFirst(2)
            return .utf16LittleEndian
        case (0xFE, 0xFF, _):
            text.removeFirst(2)
            return .utf16BigEndian
        case (_, 0, _): return .utf16LittleEndian
        case (0, _, _): return .utf16BigEndian
        default:
            if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
            return .utf8
        }
    }

    private static let broken = unreadable("UTF-16 with a broken character")

    /// A dump that we cannot read.
    /// - Parameter encoding: what it is written in.
    static func unreadable(_ encoding: String) -> CommandFailure {
        .badData("that file is \(encoding), not UTF-8; write the dump anew: \(LegacyFile.command)")
    }
}
