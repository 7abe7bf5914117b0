/// The number of a card as a board knows it, and as people write it.
package enum CardNumber {
    /// How the readers of a board hand a number on.
    package enum Format: String, Sendable {
        /// 26 bits, of which the board makes three digits of a facility (0 to 255) and five of a number (0 to 65535).
        case wiegand26
        /// Any number of 32 bits.
        case any
    }

    /// What boards take for no card, or for a deleted one.
    package static let reserved: Set<UInt32> = [0, 0x00ff_ffff, 0xffff_ffff]

    /// The board's number of what a card is called: `10058400`, `100-58400`, or the ten digits printed on most cards,
    /// `0006612000`, which are facility and number as one; nil for a text that is no number of a card.
    package static func read(_ text: String, _ format: Format) -> UInt32? {
        let number = format == .any ? whole(text) : printed(text) ?? parts(text) ?? plain(text)
        return number.flatMap { reserved.contains($0) ? nil : $0 }
    }

    /// How a number may have been written, the likeliest first.
    package static func spellings(_ number: UInt32, _ format: Format) -> [String] {
        let plain = String(number)
        guard format == .wiegand26, let (facility, own) = split(number) else { return [plain] }
        let (left, right) = (padded(facility, 3), padded(own, 5))
        var texts = [plain]
        let others = [left + right, padded(facility << 16 | own, 10)]
        for text in others + ["-", ",", ":", ".", "/"].flatMap({ ["\(left)\($0)\(right)", "\(facility)\($0)\(own)"] })
        where !texts.contains(text) {
            texts.append(text)
        }
        return texts
    }

    /// Its last two digits, which may stand in a record.
    package static func hint(_ number: UInt32) -> String { padded(number % 100, 2) }

    private static func split(_ number: UInt32) -> (UInt32, UInt32)? {
        let (facility, own) = (number / 100_000, number % 100_000)
        return facility < 256 && own < 65536 ? (facility, own) : nil
    }

    /// Ten digits with zeros in front: 24 bits as one number.
    private static func printed(_ text: String) -> UInt32? {
        guard text.utf8.count == 10, text.hasPrefix("00"), let number = whole(text), number < 1 << 24 else {
            return nil
        }
        return (number >> 16) * 100_000 + number & 0xffff
    }

    private static func parts(_ text: String) -> UInt32? {
        let parts = text.split(omittingEmptySubsequences: false) { "-,:./".contains($0) }
        guard parts.count == 2, parts.allSatisfy({ (1...5).contains($0.utf8.count) }),
            let facility = whole(String(parts[0])), let own = whole(String(parts[1])), facility < 256, own < 65536
        else { return nil }
        return facility * 100_000 + own
    }

    private static func plain(_ text: String) -> UInt32? {
        guard text.utf8.count <= 8, let number = whole(text), split(number) != nil else { return nil }
        return number
    }

    /// Decimal digits and nothing else, of 32 bits.
    package static func whole(_ text: String) -> UInt32? {
        guard (1...10).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return UInt32(exactly: text.utf8.reduce(UInt64.zero) { $0 * 10 + UInt64(truncatingIfNeeded: $1 & 15) })
    }

    private static func padded(_ number: UInt32, _ length: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, length - text.utf8.count)) + text
    }
}
