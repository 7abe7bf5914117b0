/// What a board is to be asked: one request at a time, those that open a door first.
struct RequestQueue {
    /// In which order; what came first goes first among equals.
    enum Rank: Int {
        case opening, doubt, control, status, event, list
    }

    /// One request.
    struct Request {
        let message: Message
        let rank: Rank
        /// How often it may still be sent: what opens a door, once.
        var attempts: Int
        /// Not to be sent later (monotonic milliseconds).
        let freshUntil: Int64?
        /// The answer, or nil when there is none.
        let then: (Message?) -> Void
        /// It is too late to send it; nil where that is as no answer.
        let late: (() -> Void)?
    }

    private var waiting: [Request] = []

    /// Whether something waits that no other request may hold up.
    var isUrgent: Bool { waiting.contains { $0.rank.rawValue <= Rank.doubt.rawValue } }

    mutating func add(_ request: Request) { waiting.append(request) }

    /// Before the others of its rank: one that had no answer and is sent again.
    mutating func putBack(_ request: Request) { waiting.insert(request, at: 0) }

    mutating func next() -> Request? {
        guard let first = waiting.indices.min(by: { waiting[$0].rank.rawValue < waiting[$1].rank.rawValue }) else {
            return nil
        }
        return waiting.remove(at: first)
    }

    /// Takes out what a board that is away need not be asked: everything but openings and how it is.
    mutating func takeIdle() -> [Request] {
        let kept: Set<Rank> = [.opening, .doubt, .status]
        let idle = waiting.filter { !kept.contains($0.rank) }
        waiting.removeAll { !kept.contains($0.rank) }
        return idle
    }
}
