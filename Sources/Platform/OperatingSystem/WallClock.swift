import Glibc

/// The wall clock as logs write it.
package enum WallClock {
    /// The present moment in UTC: `2026-11-23T06:31:09.042Z`, in bytes, because every line of the log begins with it.
    package static func bytes() -> [UInt8] {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var fields = tm()
        gmtime_r(&now.tv_sec, &fields)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        func add(_ number: Int, digits: Int, then separator: Unicode.Scalar) {
            var divisor = 1
            for _ in 1..<digits { divisor *= 10 }
            while divisor > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
                divisor /= 10
            }
            bytes.append(UInt8(ascii: separator))
        }
        add(Int(fields.tm_year) + 1900, digits: 4, then: "-")
        add(Int(fields.tm_mon) + 1, digits: 2, then: "-")
        add(Int(fields.tm_mday), digits: 2, then: "T")
        add(Int(fields.tm_hour), digits: 2, then: ":")
        add(Int(fields.tm_min), digits: 2, then: ":")
        add(Int(fields.tm_sec), digits: 2, then: ".")
        add(now.tv_nsec / 1_000_000, digits: 3, then: "Z")
        return bytes
    }
}
