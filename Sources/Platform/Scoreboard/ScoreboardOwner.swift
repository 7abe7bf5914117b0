import OperatingSystem
import Synchronization

/// Who has a place of the file: a word of mapped memory holds the mark of the process, or 0.
///
/// No lock of the kernel: whoever may only read a file can hold a shared one on it (fcntl(2)), and so would keep the pool
/// that owns it from counting. To write the word takes the right to write the file.
enum ScoreboardOwner {
    typealias Word = UnsafeMutablePointer<Atomic<UInt64>>

    /// - Returns: False when a living process has it.
    static func take(_ word: Word) -> Bool {
        let found = word.pointee.load(ordering: .acquiring)
        guard !ProcessMark(word: found).isAlive else { return false }
        return word.pointee.compareExchange(
            expected: found, desired: ProcessMark.mine.word, ordering: .acquiringAndReleasing
        ).exchanged
    }

    static func release(_ word: Word) { word.pointee.store(0, ordering: .releasing) }
}
