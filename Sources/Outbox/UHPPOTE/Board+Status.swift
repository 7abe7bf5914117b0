import JSON
import OperatingSystem
import Outbox

/// When a board is asked how it is.
struct Polling {
    /// In milliseconds.
    static let every: Int64 = 3_000
    static let whenAway: Int64 = 5_000
    /// So many questions in a row without an answer, and it counts as away: some boards miss one now and then.
    static let enough = 3

    private(set) var nextAt: Int64? = 0
    private(set) var isOnline = false
    private(set) var missed = 0
    private(set) var isAsked = false
    private var lookUntil: Int64 = 0
    private var lookEvery: Int64 = 0
    private(set) var askedAt: Int64 = 0

    /// Asks more often for a while.
    mutating func look(every milliseconds: Int64, for duration: Int64 = 10_000) {
        let now = Time.monotonicMilliseconds()
        lookUntil = now + duration
        lookEvery = milliseconds
        hurry(now)
    }

    /// Something has happened at the board.
    mutating func hurry(_ now: Int64) {
        if !isAsked { nextAt = max(now, askedAt + 100) }
    }

    func isDue(_ now: Int64) -> Bool { nextAt.map { now >= $0 } ?? false }

    mutating func ask(_ now: Int64) {
        isAsked = true
        askedAt = now
        nextAt = nil
    }

    mutating func end(hasAnswer: Bool, _ now: Int64) {
        isAsked = false
        if hasAnswer {
            nextAt = now + (now < lookUntil ? lookEvery : Self.every)
        } else {
            missed += 1
            if missed >= Self.enough { isOnline = false }
            nextAt = isOnline ? now : now + Self.whenAway
        }
    }

    /// An answer of any kind has come.
    mutating func hear() {
        missed = 0
        isOnline = true
    }
}

extension Board {
    func poll(_ now: Int64) {
        guard polling.isDue(now) else { return }
        polling.ask(now)
        ask(.status(serial), .status, attempts: 1) { [unowned self] answer in
            let now = Time.monotonicMilliseconds()
            let wasOnline = polling.isOnline
            polling.end(hasAnswer: answer != nil, now)
            if let answer { take(BoardStatus(answer)) }
            if wasOnline, !polling.isOnline { goAway() }
        }
    }

    /// An answer has come, so the board is there.
    func hear(_ now: Int64) {
        let wasOnline = polling.isOnline
        polling.hear()
        for (door, _) in doors.values { host.report(door.id, DoorReport(reached: true)) }
        if !wasOnline {
            facts.isAway = false
            setUp()
        }
    }

    private func goAway() {
        facts.isAway = true
        events.forgetNewest()
        cards.stop()
        dropIdleRequests()
    }

    /// What a status says.
    func take(_ status: BoardStatus) {
        facts.status = status
        events.note(status.event)
        checkClock(status, Time.monotonicMilliseconds())
        for number in doors.keys where status.isUnlocked(number) { confirm(door: number, by: nil) }
    }
}

/// What was found out about a board and what of it was told.
struct BoardFacts {
    var isAway = false
    var device: BoardDevice?
    var status: BoardStatus?
    var controls: [UInt8: DoorControl] = [:]
    private var told: [Int64: DoorFacts] = [:]

    /// What is told of a door when it is other than before.
    struct DoorFacts: Equatable {
        var trouble: String
        var contact: Contact?
        var drift: Int?
        var details: [String: JSON]
    }

    /// Everything is told again.
    mutating func forget() { told = [:] }

    /// Whether something of it is new; it counts as told from now on.
    mutating func isNew(_ facts: DoorFacts, of door: Int64) -> Bool {
        if told[door] == facts { return false }
        told[door] = facts
        return true
    }
}

extension Board {
    /// Reports what is other than it was.
    func tell(_ now: Int64) {
        guard facts.isAway || facts.status != nil || polling.missed >= Polling.enough else { return }
        for (number, (door, settings)) in doors {
            let status = facts.status
            let isOpen = settings.hasContact ? status?.isOpen(number) : nil
            let found = BoardFacts.DoorFacts(
                trouble: trouble, contact: isOpen.map { $0 ? .open : .closed }, drift: clock.drift,
                details: details(number))
            guard facts.isNew(found, of: door.id) else { continue }
            host.report(
                door.id,
                DoorReport(
                    trouble: found.trouble, contact: found.contact, clockDriftSeconds: found.drift,
                    details: found.details))
        }
    }

    private var trouble: String {
        if !polling.isOnline { return "offline" }
        if let fault = facts.status?.fault, fault != 0 { return "device_fault" }
        return keepsCards ? cards.trouble : ""
    }

    private func details(_ number: UInt8) -> [String: JSON] {
        var details: [String: JSON] = ["serial": .string(source)]
        if let device = facts.device {
            details["firmware"] = .string(device.firmware)
            details["hardware_address"] = .string(device.hardwareAddress)
        }
        if let status = facts.status, polling.isOnline {
            details["unlocked"] = .bool(status.isUnlocked(number))
            details["fault"] = .integer(Int64(clamping: status.fault))
        }
        if let control = facts.controls[number] { details["mode"] = .string(control.mode.word) }
        if keepsCards { details["cards"] = cards.figures }
        return details
    }
}
