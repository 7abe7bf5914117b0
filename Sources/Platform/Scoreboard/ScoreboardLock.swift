import Glibc
import OperatingSystem

/// Locks on single bytes of an open file, which the kernel releases when the process ends, however it ends.
///
/// Source: fcntl(2), "Open file description locks"
enum ScoreboardLock {
    private static let look: Int32 = 36  // F_OFD_GETLK
    private static let set: Int32 = 37  // F_OFD_SETLK

    /// - Returns: False when another process has it.
    static func take(_ descriptor: Int32, at place: Int) -> Bool {
        var range = range(Int32(F_WRLCK), place)
        return fcntl(descriptor, set, &range) == 0
    }

    static func release(_ descriptor: Int32, at place: Int) {
        var range = range(Int32(F_UNLCK), place)
        _ = fcntl(descriptor, set, &range)
    }

    /// Whether another process has it.
    static func isTaken(_ descriptor: Int32, at place: Int) -> Bool {
        var range = range(Int32(F_WRLCK), place)
        return fcntl(descriptor, look, &range) == 0 && range.l_type != Int16(F_UNLCK)
    }

    private static func range(_ kind: Int32, _ place: Int) -> flock {
        var range = flock()
        range.l_type = Int16(kind)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = place
        range.l_len = 1
        return range
    }
}
