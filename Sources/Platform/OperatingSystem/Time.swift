import Glibc

/// The two clocks of the machine.
package enum Time {
    /// Milliseconds of a clock that never jumps; for durations and deadlines only.
    package static func monotonicMilliseconds() -> Int64 {
        let now = read(CLOCK_MONOTONIC)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// Microseconds of a clock that never jumps; for measuring short work.
    package static func monotonicMicroseconds() -> Int64 {
        let now = read(CLOCK_MONOTONIC)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
    }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    package static func wallSeconds() -> Int64 {
        Int64(read(CLOCK_REALTIME).tv_sec)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    package static func wallMilliseconds() -> Int64 {
        let now = read(CLOCK_REALTIME)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// Suspends the process.
    package static func sleep(milliseconds: Int32) {
        _ = poll(nil, 0, milliseconds)
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var now = timespec()
        clock_gettime(clock, &now)
        return now
    }
}
