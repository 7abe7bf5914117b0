package import Scoreboard
import Vocabulary
package import Web

/// What stands where in a slot of a scoreboard: one word for each number.
package struct CounterPlan: Sendable {
    /// The rows of the route table, in its order; where there was none, `-` stands first.
    package let routes: [(method: String, path: String)]
    /// For the platform, which knows no names.
    package let layout: ScoreboardLayout
    private let places: [Place: Int]

    private struct Place: Hashable {
        let method: Method
        let path: String
    }

    /// A row of the log has one of these: it was granted, or the first of its reasons.
    package static let verdicts = [Reason.granted] + Reason.all.map(\.name) + [other]
    /// Classes of SQLSTATE (PostgreSQL, Appendix A), and what happens without a state.
    ///
    /// A refusal of our own (`GA…`) is an answer, no error.
    package static let errors = [
        "08", "0A", "22", "23", "25", "26", "28", "40", "42", "44", "53", "54", "55", "57", "58", "P0", "XX",
        unavailable, timeout, lost, other,
    ]
    static let other = "other"
    static let unavailable = "unavailable"
    static let timeout = "timeout"
    static let lost = "lost"
    /// Statuses of 2xx to 5xx.
    package static let codes = ["2xx", "3xx", "4xx", "5xx"]

    /// Figures of the present process.
    enum Figure {
        /// When the request in hand began, on the clock that never jumps, in milliseconds; 0 for none.
        static let busySince = 6
        /// When it was last done with a request, on that clock.
        static let idleSince = 7
        /// Inode of its listening socket.
        static let socket = 8
        /// 1 while its key files cannot be read.
        static let keysUnreadable = 9
        /// When the oldest key in use was made, in seconds since 1970; 0 for no keys.
        static let oldestKey = 10
        /// How often in a row the database could not be reached.
        static let databaseFailures = 11
        /// 1 since the database was reached, until it cannot be.
        static let reachesDatabase = 12
    }

    /// Counters, from ``ScoreboardWord/firstCounter`` on.
    package enum Counter {
        /// Requests begun.
        package static let accepted = 16
        /// Requests that took more than half of the pool's time limit.
        package static let slow = 17
        /// Requests whose client had gone before the worker came to them.
        package static let deserted = 18
        /// Requests given to another worker.
        package static let passedOn = 19
        /// Database connections made.
        package static let connections = 20
        /// Time of all requests, in microseconds.
        package static let requestTime = 21
        /// Time of those that decided at a gate, in microseconds.
        package static let decisionTime = 22
        /// Longest queue seen; kept by the status worker, a word for each pool.
        package static let longestQueue = 24
        static let requests = 32
        static let decisions = 48
        static let verdicts = 64
        static let errors = 96
        static let routes = 128
    }

    /// - Parameter routes: the whole table.
    package init(_ routes: [Route]) {
        self.routes = [("-", "-")] + routes.map { ($0.method.rawValue, $0.path) }
        places = Dictionary(
            routes.enumerated().map { (Place(method: $1.method, path: $1.path), $0 + 1) },
            uniquingKeysWith: { first, _ in first })
        layout = ScoreboardLayout(
            words: Counter.routes + self.routes.count * Self.codes.count,
            names: Self.verdicts + Self.errors + Histogram.bounds.map(String.init)
                + self.routes.flatMap { [$0.method, $0.path] })
    }

    /// The word that counts the answers of a route with a status.
    func word(of route: Route?, status: Int) -> Int {
        let place = route.flatMap { places[Place(method: $0.method, path: $0.path)] } ?? 0
        return word(ofRoute: place, code: min(max(status / 100 - 2, 0), Self.codes.count - 1))
    }

    func word(ofRoute place: Int, code: Int) -> Int { Counter.routes + place * Self.codes.count + code }

    static func word(ofVerdict name: String) -> Int {
        Counter.verdicts + (verdictPlaces[name] ?? verdicts.count - 1)
    }

    static func word(ofError name: String) -> Int { Counter.errors + (errors.firstIndex(of: name) ?? errors.count - 1) }

    private static let verdictPlaces = Dictionary(
        verdicts.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
}
