/// After how many requests a worker ends by itself, so that the supervisor starts a new one.
///
/// Keeps slow leaks (ours or a library's) from growing without limit. The jitter keeps the workers of a pool from all
/// ending at the same moment.
package struct RecyclePolicy: Sendable {
    private var requestsLeft: Int

    /// - Parameters:
    ///   - requests: The number of requests to serve, about.
    ///   - jitterPercent: How far the real number may lie above or below.
    package init(requests: Int, jitterPercent: Int = 20) {
        let spread = requests / 100 * min(max(jitterPercent, 0), 100)
        requestsLeft = max(1, requests - spread + Int.random(in: 0...max(0, 2 * spread)))
    }

    /// Counts one served request.
    ///
    /// - Returns: True when the worker should stop now.
    package mutating func countRequest() -> Bool {
        requestsLeft = max(0, requestsLeft - 1)
        return requestsLeft == 0
    }
}
