import Glibc
import OperatingSystem
import Scoreboard
import Testing

@Suite struct ScoreboardTests {
    private let file = TemporaryFile()
    private let layout = ScoreboardLayout(words: 40, names: ["granted", "refused"])
    private let counter = ScoreboardWord.firstCounter

    private func read(_ layout: ScoreboardLayout? = nil) throws -> Scoreboard {
        try Scoreboard(file.path, layout ?? self.layout, words: 40)
    }

    @Test func whatASlotCountsIsReadWithoutIt() throws {
        let slot = try ScoreboardSlot(file.path, layout)
        slot.add(counter)
        slot.add(counter, 41)
        let board = try read()
        #expect(board.slots.count == 1 && board.slots[0].isTaken && board.isOfLayout)
        #expect(board.sum(counter) == 42)
        #expect(board.slots[0][ScoreboardWord.process] == UInt64(getpid()))
        withExtendedLifetime(slot) {}
    }

    @Test func aFreedSlotIsTakenAgainAndCountsOn() throws {
        var slot: ScoreboardSlot? = try ScoreboardSlot(file.path, layout)
        slot?.add(counter, 7)
        slot?.end()
        slot = nil
        #expect(try read().slots.map(\.isTaken) == [false])
        let next = try ScoreboardSlot(file.path, layout)
        next.add(counter)
        let board = try read()
        #expect(board.slots.count == 1 && board.sum(counter) == 8)
        #expect(board.sum(ScoreboardWord.starts) == 2 && board.sum(ScoreboardWord.ends) == 1)
        #expect(board.sum(ScoreboardWord.crashes) == 0)
        withExtendedLifetime(next) {}
    }

    @Test func whoFindsASlotThatWasNotEndedKnowsOfACrash() throws {
        var slot: ScoreboardSlot? = try ScoreboardSlot(file.path, layout)
        slot?.set(ScoreboardWord.firstFigure, 9)
        slot = nil
        let next = try ScoreboardSlot(file.path, layout)
        let board = try read()
        #expect(board.sum(ScoreboardWord.crashes) == 1 && board.sum(ScoreboardWord.ends) == 0)
        #expect(board.sum(ScoreboardWord.firstFigure) == 0, "a figure is of the present process")
        withExtendedLifetime(next) {}
    }

    @Test func everyProcessHasASlotOfItsOwn() throws {
        let slots = try (0..<5).map { _ in try ScoreboardSlot(file.path, layout) }
        for (number, slot) in slots.enumerated() { slot.add(counter, UInt64(number)) }
        let board = try read()
        #expect(board.slots.map { $0[counter] } == [0, 1, 2, 3, 4])
        withExtendedLifetime(slots) {}
    }

    @Test func anotherLayoutDisturbsNobody() throws {
        let old = try ScoreboardSlot(file.path, layout)
        let other = ScoreboardLayout(words: 900, names: ["granted", "refused", "asked"])
        let new = try ScoreboardSlot(file.path, other)
        old.add(counter, 5)
        new.add(counter, 3)
        let board = try read(other)
        #expect(board.isOfLayout && board.sum(counter) == 3)
        let strange = try read()
        #expect(!strange.isOfLayout && strange.sum(counter) == 0 && strange.slots[0].isTaken)
        withExtendedLifetime((old, new)) {}
    }

    @Test func aNumberOutsideOfTheSlotIsLeftAlone() throws {
        let slot = try ScoreboardSlot(file.path, layout)
        slot.add(40)
        slot.set(-1, 1)
        slot.raise(counter, to: 6)
        slot.raise(counter, to: 4)
        #expect(try read().largest(counter) == 6)
        withExtendedLifetime(slot) {}
    }

    @Test func aFileOfSomebodyElseIsNoScoreboard() throws {
        #expect(throws: OperatingSystemError.self) { try read() }
        try Files.write([], to: file.path)
        #expect(throws: OperatingSystemError("read", path: file.path, code: EINVAL)) { try read() }
        try Files.write([UInt8](repeating: 0xff, count: 8192), to: file.path)
        #expect(throws: OperatingSystemError("read", path: file.path, code: EINVAL)) { try read() }
        // A writer begins anew behind it.
        let slot = try ScoreboardSlot(file.path, layout)
        slot.add(counter)
        #expect(try read().sum(counter) == 1)
        withExtendedLifetime(slot) {}
    }

    @Test func whoMayOnlyReadTheFileKeepsNobodyFromCounting() throws {
        try Files.write([], to: file.path)
        let reader = open(file.path, O_RDONLY)
        defer { close(reader) }
        var whole = flock(l_type: Int16(F_RDLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
        #expect(fcntl(reader, 37, &whole) == 0, "F_OFD_SETLK")
        let slot = try ScoreboardSlot(file.path, layout)
        #expect(try read().slots.map(\.isTaken) == [true])
        withExtendedLifetime(slot) {}
    }

    @Test func aProcessThatTookTheNumberOfAnotherDoesNotHaveItsSlot() {
        let mine = ProcessMark.mine
        #expect(mine.isAlive)
        #expect(!ProcessMark(word: mine.word + (1 << 22)).isAlive, "the same number, another start")
        #expect(!ProcessMark(word: 0).isAlive && !ProcessMark(word: .max).isAlive)
    }

    @Test func aLinkIsNotFollowed() throws {
        #expect(symlink("/nowhere", file.path) == 0)
        #expect(throws: OperatingSystemError("open", path: file.path, code: ELOOP)) {
            try ScoreboardSlot(file.path, layout)
        }
    }
}

/// A name for a file that goes away with its owner.
private final class TemporaryFile {
    let path: String
    private let folder: String

    init() {
        var template = Array("/tmp/garita-scoreboard-XXXXXX".utf8CString)
        folder = mkdtemp(&template).map { String(cString: $0) } ?? "/nowhere"
        path = folder + "/gate"
    }

    deinit {
        unlink(path)
        rmdir(folder)
    }
}
