import OperatingSystem
import Scoreboard
package import Web

/// What the scoreboard of one pool says.
package struct PoolFigures: Sendable {
    /// `gate`, `auth`, `app` or `status`.
    package let name: String
    /// What its workers do, in words for people who do not operate it.
    package var title: Text {
        switch name {
        case "gate": Text("Decisions at gates", es: "Decisiones en accesos")
        case "auth": Text("Log-ins", es: "Inicios de sesión")
        case "app": Text("Pages and everything else", es: "Páginas y todo lo demás")
        default: Text("State of the system", es: "Estado del sistema")
        }
    }
    /// The living workers, in the order of their slots.
    package let workers: [Worker]
    /// Whether the counters are this version's; if not they are all zero.
    package let isCounted: Bool
    /// Connections that wait for a worker; nil when nobody listens.
    package let waiting: Int64?
    /// How many may wait; nil when nobody listens.
    package let waitingLimit: Int64?
    private let counters: [UInt64]
    private let largest: [UInt64]

    /// One living worker.
    package struct Worker: Sendable {
        /// Its process.
        package let process: Int64
        /// In seconds since 1970.
        package let startedAt: Int64
        /// Whether it has a request in hand.
        package let isBusy: Bool
        /// For how long it has been busy or idle, in milliseconds.
        package let milliseconds: Int64
        /// Whether it could read its key files when it last looked.
        package let readsKeys: Bool
        /// When its oldest key in use was made, in seconds since 1970; nil for no keys.
        package let oldestKey: Int64?
        /// Whether it reached the database when it last tried; nil as long as it has not.
        let reachesDatabase: Bool?
        fileprivate let socket: UInt64

        fileprivate init(_ slot: Scoreboard.Slot, now: Int64) {
            let busySince = Int64(clamping: slot[CounterPlan.Figure.busySince])
            process = Int64(clamping: slot[ScoreboardWord.process])
            startedAt = Int64(clamping: slot[ScoreboardWord.startedAt])
            isBusy = busySince > 0
            milliseconds = max(0, now &- (isBusy ? busySince : Int64(clamping: slot[CounterPlan.Figure.idleSince])))
            readsKeys = slot[CounterPlan.Figure.keysUnreadable] == 0
            let made = Int64(clamping: slot[CounterPlan.Figure.oldestKey])
            oldestKey = made > 0 ? made : nil
            let isReached: Bool? = slot[CounterPlan.Figure.reachesDatabase] > 0 ? true : nil
            reachesDatabase = slot[CounterPlan.Figure.databaseFailures] > 0 ? false : isReached
            socket = slot[CounterPlan.Figure.socket]
        }
    }

    /// - Parameters:
    ///   - words: how many of each slot: all of them, or those before the routes.
    ///   - queues: of all listening sockets.
    /// - Throws: when there is no such file.
    init(
        _ name: String, _ system: MonitoredSystem, folder: String, words: Int, queues: [UInt64: ListeningSockets.Queue]
    ) throws {
        let board = try Scoreboard("\(folder)/\(name)", system.layout, words: words)
        let now = Time.monotonicMilliseconds()
        self.name = name
        workers = board.slots.filter(\.isTaken).map { Worker($0, now: now) }
        isCounted = board.isOfLayout
        let queue = workers.lazy.compactMap { queues[$0.socket] }.first
        waiting = queue.map { Int64(clamping: $0.length) }
        waitingLimit = queue.map { Int64(clamping: $0.limit) }
        let known = board.isOfLayout ? min(words, system.layout.words) : ScoreboardWord.firstCounter
        counters = (0..<known).map(board.sum)
        largest = (0..<min(known, CounterPlan.Counter.requests)).map(board.largest)
    }

    /// A pool that has not counted anything yet.
    init(empty name: String) {
        self.name = name
        workers = []
        isCounted = true
        waiting = nil
        waitingLimit = nil
        counters = []
        largest = []
    }

    /// The sum of a counter over all workers there have been.
    package subscript(_ word: Int) -> Int64 { counters.indices.contains(word) ? Int64(clamping: counters[word]) : 0 }

    /// The largest value of a word that is no sum.
    func longest(_ word: Int) -> Int64 { largest.indices.contains(word) ? Int64(clamping: largest[word]) : 0 }

    /// Whether four fifths of those that may wait do so.
    var isQueueFilling: Bool {
        guard let waiting, let waitingLimit else { return false }
        return waitingLimit > 0 && waiting * 5 >= waitingLimit * 4
    }

    /// Whether its workers cannot reach the database: one of them has tried in vain, and none has it.
    var isCutOff: Bool {
        workers.contains { $0.reachesDatabase == false } && !workers.contains { $0.reachesDatabase == true }
    }

    /// Workers started.
    package var starts: Int64 { self[ScoreboardWord.starts] }
    /// Workers that were found to have ended otherwise than in order.
    package var crashes: Int64 { self[ScoreboardWord.crashes] }
    /// Workers that ended in order.
    package var ends: Int64 { self[ScoreboardWord.ends] }
    /// How many are busy.
    package var busy: Int { workers.count { $0.isBusy } }
    /// Since when there has been one of those that live now, in seconds since 1970; nil for none.
    package var startedAt: Int64? { workers.map(\.startedAt).min() }
    /// When the oldest key in use was made; nil for no keys.
    package var oldestKey: Int64? { workers.compactMap(\.oldestKey).min() }
}
