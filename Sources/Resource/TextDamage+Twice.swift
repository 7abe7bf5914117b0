extension TextDamage {
    /// Whether the bytes of a letter in UTF-8 begin there, each read as a sign of Windows-1252.
    ///
    /// One such letter of Latin script is enough, of others two in a row: `É”` and `é”…` are words that end.
    func isEncodedTwice(at index: Int) -> Bool {
        guard let length = length(at: index), let lead = byte(index) else { return false }
        switch lead {
        case 0xC2...0xC5:
            let isEnd = Self.endings.contains(scalars[index + 1])
            return !isEnd || isLetter(index + 2) || !isUppercase(index - 1)
        case 0xE2, 0xEF: return true
        default: return self.length(at: index + length) != nil
        }
    }

    /// What follows a word in capitals that ends in `Ã` or another of these.
    private static let endings: Set<Unicode.Scalar> = ["”", "’", "»", "…", "\u{A0}"]

    /// How many scalars there are the bytes of one letter; nil when they are none.
    private func length(at index: Int) -> Int? {
        guard let lead = byte(index) else { return nil }
        let length: Int
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return nil
        }
        let isWhole = (1..<length).allSatisfy { byte(index + $0).map { (0x80...0xBF).contains($0) } ?? false }
        return isWhole ? length : nil
    }

    private func byte(_ index: Int) -> UInt8? {
        scalar(index).flatMap { UInt8(exactly: $0.value) ?? CSVEncoding.byte(of: $0) }
    }
}
