import Glibc

/// The wall clock as logs write it.
package enum WallClock {
    /// The present moment in UTC: `2026-11-23T06:31:09.042Z`.
    package static func text() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var fields = tm()
        gmtime_r(&now.tv_sec, &fields)
        let date = "\(fields.tm_year + 1900)-\(two(fields.tm_mon + 1))-\(two(fields.tm_mday))"
        let milliseconds = now.tv_nsec / 1_000_000
        let fraction = String(repeating: "0", count: milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0)
        return "\(date)T\(two(fields.tm_hour)):\(two(fields.tm_min)):\(two(fields.tm_sec)).\(fraction)\(milliseconds)Z"
    }

    private static func two(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
