import Glibc

/// The first words of the file.
struct ScoreboardHeader {
    private(set) var words: [UInt64]

    init(_ layout: ScoreboardLayout, region: Int) {
        words = [ScoreboardLayout.magic, layout.id, UInt64(layout.words), UInt64(clamping: region), 0]
    }

    /// Nil for a file that has none, or one that no writer of ours can have written.
    init?(reading descriptor: Int32) {
        guard let words = Self.read(descriptor, ScoreboardLayout.Header.allCases.count, at: 0) else { return nil }
        self.words = words
        guard self[.magic] == ScoreboardLayout.magic, self[.used] <= UInt64(ScoreboardLayout.slots),
            self[.words] >= UInt64(ScoreboardWord.firstCounter), self[.words] <= UInt64(ScoreboardLayout.mostWords),
            self[.region] >= UInt64(ScoreboardLayout.page), self[.region] < 1 << 40
        else { return nil }
    }

    subscript(_ word: ScoreboardLayout.Header) -> UInt64 {
        get { words[word.rawValue] }
        set { words[word.rawValue] = newValue }
    }

    func isOf(_ layout: ScoreboardLayout) -> Bool { self[.id] == layout.id && self[.words] == UInt64(layout.words) }

    /// Copies of words, taken by read(2) and not from mapped memory: the file may be cut while it is read.
    static func read(_ descriptor: Int32, _ count: Int, at place: Int) -> [UInt64]? {
        var words = [UInt64](repeating: 0, count: count)
        let size = words.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, place) }
        return size == count * 8 ? words : nil
    }
}
