import Glibc
package import OperatingSystem
import Synchronization

/// The counters of this process in the file of its pool.
///
/// A slot names the process that has it, so it is free again when that is gone, killed or not; the next process counts on
/// from where the last one stopped. So sums over all slots never fall.
package final class ScoreboardSlot {
    private let counters: UnsafeMutablePointer<Atomic<UInt64>>
    private let words: Int
    private let bytes: Int

    /// Takes a free slot; the file is made when there is none.
    ///
    /// - Throws: when the file cannot be opened or written, and when no slot is free (`EAGAIN`).
    package init(_ path: String, _ layout: ScoreboardLayout) throws(OperatingSystemError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else { throw OperatingSystemError("open", path: path) }
        defer { close(descriptor) }
        counters = try ScoreboardFile(descriptor: descriptor, path: path).takeSlot(layout)
        words = layout.words
        bytes = layout.slotBytes
        begin()
    }

    deinit {
        ScoreboardOwner.release(counters + ScoreboardWord.owner)
        munmap(counters, bytes)
    }

    /// Counts up.
    package func add(_ word: Int, _ number: UInt64 = 1) {
        guard word >= 0, word < words else { return }
        counters[word].wrappingAdd(number, ordering: .relaxed)
    }

    /// Writes a figure of this process.
    package func set(_ word: Int, _ number: UInt64) {
        guard word >= 0, word < words else { return }
        counters[word].store(number, ordering: .relaxed)
    }

    /// Raises a counter to a number that is larger.
    package func raise(_ word: Int, to number: UInt64) {
        guard word >= 0, word < words else { return }
        counters[word].max(number, ordering: .relaxed)
    }

    /// Says that this process ends in order.
    package func end() {
        add(ScoreboardWord.ends)
        set(ScoreboardWord.isRunning, 0)
    }

    private func begin() {
        if counters[ScoreboardWord.isRunning].load(ordering: .relaxed) != 0 { add(ScoreboardWord.crashes) }
        for word in ScoreboardWord.firstFigure..<ScoreboardWord.owner { set(word, 0) }
        set(ScoreboardWord.process, UInt64(clamping: ThisProcess.id))
        set(ScoreboardWord.startedAt, UInt64(clamping: Time.wallSeconds()))
        set(ScoreboardWord.isRunning, 1)
        add(ScoreboardWord.starts)
    }
}

/// The file as its writers see it.
private struct ScoreboardFile {
    let descriptor: Int32
    let path: String

    private static let tries = 200

    /// - Returns: the words of the slot, mapped.
    func takeSlot(_ layout: ScoreboardLayout) throws(OperatingSystemError) -> ScoreboardOwner.Word {
        let page = try map(ScoreboardLayout.page, at: 0)
        defer { munmap(page, ScoreboardLayout.page) }
        // One process at a time takes a slot.
        let taker = page + ScoreboardLayout.taker
        var tries = Self.tries
        while !ScoreboardOwner.take(taker) {
            tries -= 1
            guard tries > 0 else { throw OperatingSystemError("take a slot of", path: path, code: EAGAIN) }
            Time.sleep(milliseconds: 5)
        }
        defer { ScoreboardOwner.release(taker) }
        var header = try region(layout)
        for slot in 0..<ScoreboardLayout.slots {
            let place = Int(header[.region]) + slot * layout.slotBytes
            let words = try map(layout.slotBytes, at: place)
            guard ScoreboardOwner.take(words + ScoreboardWord.owner) else {
                munmap(words, layout.slotBytes)
                continue
            }
            header[.used] = max(header[.used], UInt64(slot) + 1)
            try write(header)
            return words
        }
        throw OperatingSystemError("find a free slot in", path: path, code: EAGAIN)
    }

    /// Maps a part of the file.
    private func map(_ size: Int, at place: Int) throws(OperatingSystemError) -> ScoreboardOwner.Word {
        // Room on the disk now: a write to memory that finds none would end the process (SIGBUS).
        let code = posix_fallocate(descriptor, place, size)
        guard code == 0 else { throw OperatingSystemError("make room in", path: path, code: code) }
        let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, place)
        guard let memory, memory != MAP_FAILED else { throw OperatingSystemError("map", path: path) }
        return memory.bindMemory(to: Atomic<UInt64>.self, capacity: size / 8)
    }

    /// The header with a region of this layout, at the end of the file when there is none yet.
    private func region(_ layout: ScoreboardLayout) throws(OperatingSystemError) -> ScoreboardHeader {
        if let header = ScoreboardHeader(reading: descriptor), header.isOf(layout) { return header }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw OperatingSystemError("use", path: path, code: EINVAL)
        }
        let pages = max(1, (Int(facts.st_size) + ScoreboardLayout.page - 1) / ScoreboardLayout.page)
        return ScoreboardHeader(layout, region: pages * ScoreboardLayout.page)
    }

    private func write(_ header: ScoreboardHeader) throws(OperatingSystemError) {
        let count = header.words.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        guard count == header.words.count * 8 else { throw OperatingSystemError("write", path: path) }
    }
}
