import Glibc
package import OperatingSystem

/// What the processes of a pool have counted, read without disturbing them.
package struct Scoreboard: Sendable {
    /// One slot of the file.
    package struct Slot: Sendable {
        /// Whether a process has it now.
        package let isTaken: Bool
        fileprivate let words: [UInt64]

        /// A word; 0 for one that was not read.
        package subscript(_ word: Int) -> UInt64 { words.indices.contains(word) ? words[word] : 0 }
    }

    /// Those that any process has had.
    package let slots: [Slot]
    /// Whether the words mean what the reader takes them for; otherwise only the first ones, alike in all, are read.
    package let isOfLayout: Bool

    /// - Parameter words: how many of each slot.
    /// - Throws: when there is no such file, or it is none of ours (`EINVAL`).
    package init(_ path: String, _ layout: ScoreboardLayout, words: Int) throws(OperatingSystemError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw OperatingSystemError("open", path: path) }
        defer { close(descriptor) }
        guard let header = ScoreboardHeader(reading: descriptor) else {
            throw OperatingSystemError("read", path: path, code: EINVAL)
        }
        let written = ScoreboardLayout(copying: header)
        let isOfLayout = header.isOf(layout)
        let wanted = isOfLayout ? min(words, layout.words) : ScoreboardWord.firstCounter
        var slots: [Slot] = []
        for slot in 0..<Int(header[.used]) {
            let place = Int(header[.region]) + slot * written.slotBytes
            guard let words = ScoreboardHeader.read(descriptor, wanted, at: place) else { break }
            let owner = ProcessMark(word: words[ScoreboardWord.owner])
            slots.append(Slot(isTaken: owner.isAlive, words: words))
        }
        self.slots = slots
        self.isOfLayout = isOfLayout
    }

    /// The sum of a counter over all slots, those of processes that are gone included.
    package func sum(_ word: Int) -> UInt64 { slots.reduce(0) { $0 &+ $1[word] } }

    /// The largest value of a word.
    package func largest(_ word: Int) -> UInt64 { slots.map { $0[word] }.max() ?? 0 }
}

extension ScoreboardLayout {
    fileprivate init(copying header: ScoreboardHeader) {
        words = Int(header[.words])
        id = header[.id]
    }
}
