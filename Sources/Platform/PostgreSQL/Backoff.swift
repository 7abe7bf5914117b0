import OperatingSystem

/// When the next attempt to connect may be made: 50 ms after the first failure, doubling up to 2 s.
///
/// The jitter keeps the workers of a pool from connecting to a restarting server at the same moments.
struct Backoff {
    private var delay: Int64 = Self.shortest
    private var nextAttempt: Int64 = 0

    private static let shortest: Int64 = 50
    private static let longest: Int64 = 2000

    /// Whether it is too early for another attempt.
    var isWaiting: Bool { Time.monotonicMilliseconds() < nextAttempt }

    mutating func recordFailure() {
        nextAttempt = Time.monotonicMilliseconds() + Int64.random(in: delay / 2...delay)
        delay = min(delay * 2, Self.longest)
    }

    mutating func recordSuccess() {
        self = Backoff()
    }
}
