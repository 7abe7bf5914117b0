/// How the file of a pool's counters is laid out: a page of header, then slots of whole pages, one for each process.
///
/// Whoever counts other things lays the file out otherwise and gets a region of its own behind those that are there:
/// processes of an earlier version, which end soon, write into theirs undisturbed.
package struct ScoreboardLayout: Sendable, Equatable {
    /// Numbers of 64 bits in a slot.
    package let words: Int
    /// Another one for each meaning of the words.
    package let id: UInt64

    /// - Parameter names: what is counted, in the order of the words: other names, another layout.
    package init(words: Int, names: some Sequence<String>) {
        self.words = min(max(words, ScoreboardWord.firstCounter), Self.mostWords)
        // FNV-1a of 64 bits: names of ours, nothing that an attacker chooses.
        // What stands before the names is the version of the words that all slots begin with.
        id = (["owner"] + Array(names)).reduce(0xcbf2_9ce4_8422_2325) { hash, name in
            (name + "\n").utf8.reduce(hash) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
    }

    static let magic: UInt64 = 0x4741_5249_5441_0001  // "GARITA" in ASCII, and the version of the header
    static let page = 4096
    /// More processes than a pool has, those that end while their successors begin included.
    static let slots = 1024
    static let mostWords = 65_536

    /// Whole pages: each slot is mapped by itself, and no two processes write to one line of the cache.
    var slotBytes: Int { (words * 8 + Self.page - 1) / Self.page * Self.page }

    /// Word of the header page, behind the header: who takes a slot just now.
    static let taker = 8

    /// The words of the header.
    enum Header: Int, CaseIterable {
        case magic, id, words, region, used
    }
}

/// The words that every slot begins with.
package enum ScoreboardWord {
    /// The process that has the slot, or had it last.
    package static let process = 0
    /// When it began, in seconds since 1970.
    package static let startedAt = 1
    /// 1 from its beginning to its orderly end: whoever takes over a slot with a 1 knows of a crash.
    package static let isRunning = 2
    /// How many processes have had the slot.
    package static let starts = 3
    /// How many of them ended otherwise than in order.
    package static let crashes = 4
    /// How many ended in order.
    package static let ends = 5
    /// Figures of the present process, zero at its beginning, up to the owner.
    package static let firstFigure = 6
    /// The ``ProcessMark`` of the process that has the slot now; 0 for none.
    package static let owner = 15
    /// From here on only ever counted up, by one process after the other.
    package static let firstCounter = 16
}
