import Glibc

/// A process in one word: its number, and when it began, so that a later one with the same number is another.
package struct ProcessMark: Sendable {
    /// The number in the lower bits, the start above them, in ticks of the clock since the machine began.
    package let word: UInt64

    /// A number is at most 2^22 (proc(5), `pid_max`).
    private static let bits: UInt64 = 22

    /// A mark that was kept as a word.
    package init(word: UInt64) { self.word = word }

    /// This process.
    package static let mine = ProcessMark(
        word: (start(of: getpid())?.ticks ?? 0) << bits | UInt64(clamping: getpid()))

    private var process: pid_t { pid_t(word & (1 << Self.bits - 1)) }

    /// Whether it still runs.
    ///
    /// Where processes of other accounts are hidden (`hidepid` of proc(5)) only the number counts: kill(2) with signal 0
    /// tells of any process that there is.
    package var isAlive: Bool {
        guard process > 0 else { return false }
        if let found = Self.start(of: process) { return found.ticks == word >> Self.bits && !found.isOver }
        return kill(process, 0) == 0 || errno == EPERM
    }

    /// Fields 3 and 22 of `/proc/<pid>/stat`; the second one, in brackets, may hold anything.
    private static func start(of process: pid_t) -> (ticks: UInt64, isOver: Bool)? {
        guard let bytes = try? Files.read("/proc/\(process)/stat"), let bracket = bytes.lastIndex(of: 0x29) else {
            return nil
        }
        let fields = bytes[(bracket + 1)...].split(separator: 0x20)
        guard fields.count > 19, let ticks = UInt64(String(decoding: fields[19], as: UTF8.self)) else { return nil }
        return (ticks, fields[0].first == UInt8(ascii: "Z") || fields[0].first == UInt8(ascii: "X"))
    }
}
