import Cryptography
import JSON
import OperatingSystem
import Outbox

/// One board: what it is asked, and what is known of it.
///
/// The other files of this name hold its parts: openings, status, events, clock, set-up, cards.
final class Board {
    /// How long an answer is waited for, in milliseconds, as the boards' own clients do.
    static let patience: Int64 = 2_500
    /// The same while somebody waits for a door.
    static let shortPatience: Int64 = 250

    let host: any OutboxHost
    let codes: CodeKeys
    let link: any BoardLink
    private(set) var settings: BoardSettings
    private(set) var doors: [UInt8: (door: Door, settings: BoardSettings)] = [:]

    var queue = RequestQueue()
    private var inFlight: (request: RequestQueue.Request, sentAt: Int64, until: Int64)?
    private(set) var turn = 0

    var polling = Polling()
    var openings: [Opening] = []
    /// Until when the lock of each door may be released by an opening that was sent.
    var pulseEndsAt: [UInt8: Int64] = [:]
    var events: EventPosition
    var clock = ClockWatch()
    var cards: CardKeeping
    var facts = BoardFacts()

    init(_ settings: BoardSettings, link: any BoardLink, host: any OutboxHost, codes: CodeKeys) {
        self.settings = settings
        self.link = link
        self.host = host
        self.codes = codes
        let memory = host.memory("uhppote:\(settings.serial)")
        events = EventPosition(memory)
        cards = CardKeeping(memory?["cards"])
    }

    var serial: UInt32 { settings.serial }
    var source: String { String(settings.serial) }

    /// Its doors, at the start and whenever something about them was changed.
    func use(_ found: [(door: Door, settings: BoardSettings)]) {
        let before = doors
        doors = Dictionary(found.map { ($0.settings.door, $0) }) { first, _ in first }
        guard let first = found.first else { return }
        settings = found.first { $0.settings.listener != nil }?.settings ?? first.settings
        let isChanged = before.count != doors.count || doors.contains { before[$0]?.door != $1.door }
        if isChanged {
            facts.forget()
            cards.reload()
            if polling.isOnline { setUp() }
        }
    }

    /// The list of cards is ours, because one of the doors says so.
    var keepsCards: Bool { doors.values.contains { $0.settings.keepsCards } }

    // MARK: Requests

    func ask(
        _ message: Message, _ rank: RequestQueue.Rank, attempts: Int = 3, freshUntil: Int64? = nil,
        late: (() -> Void)? = nil, then: @escaping (Message?) -> Void
    ) {
        queue.add(
            RequestQueue.Request(
                message: message, rank: rank, attempts: attempts, freshUntil: freshUntil, then: then, late: late))
    }

    /// Sends what is next, unless an answer is still waited for.
    func send(_ now: Int64) {
        while inFlight == nil, var request = queue.next() {
            if let until = request.freshUntil, now >= until {
                if let late = request.late { late() } else { request.then(nil) }
                continue
            }
            request.attempts -= 1
            turn += 1
            inFlight = (request, now, now + Self.patience)
            link.send(request.message, turn: turn)
        }
    }

    /// Gives up what has no answer.
    private func giveUp(_ now: Int64) {
        guard let (request, sentAt, until) = inFlight else { return }
        let isShort = queue.isUrgent && request.rank.rawValue > RequestQueue.Rank.doubt.rawValue
        guard now >= until || isShort && now >= sentAt + Self.shortPatience else { return }
        inFlight = nil
        link.giveUp()
        if request.attempts > 0 { queue.putBack(request) } else { request.then(nil) }
    }

    /// A message that came the way of the last request; anything but its answer is ignored.
    func receive(_ message: Message, _ now: Int64) {
        guard message.serial == serial, let request = inFlight?.request, message.function == request.message.function
        else { return }
        inFlight = nil
        hear(now)
        request.then(message)
    }

    /// The socket at which the answer is waited for; nil while none is.
    var expectedTurn: Int? { inFlight == nil ? nil : turn }

    // MARK: The loop

    var isDueAt: Int64? {
        let answer = inFlight.map { queue.isUrgent ? $0.sentAt + Self.shortPatience : $0.until }
        let idle = polling.isOnline && !host.isBehind ? [cardsDueAt, events.retryAt] : []
        return ([answer, polling.nextAt] + idle).compactMap { $0 }.min()
    }

    func proceed(_ now: Int64) {
        giveUp(now)
        settleOpenings(now)
        poll(now)
        if polling.isOnline {
            fetchEvents(now)
            keepCards(now)
        }
        send(now)
        tell(now)
    }

    /// Asks nothing any more but what opens and how it is.
    func dropIdleRequests() { for request in queue.takeIdle() { request.then(nil) } }

    /// Written with the events before it.
    func remember() { host.remember("uhppote:\(serial)", events.memory(cards: cards.memory)) }
}
