import Cryptography
import JSON
import OperatingSystem
import Outbox
import PostgreSQL

/// How far the events of a board were read.
///
/// A board numbers its events and keeps them; so what happened while nobody listened is read afterwards, once. A count that
/// began anew is another epoch.
struct EventPosition {
    private(set) var epoch: Int64 = 0
    /// The last one that was read; nil before the board was met: what happened earlier is not ours.
    private(set) var index: UInt32?
    /// What was seen there, to know that board and count are still the same.
    private(set) var mark = ""
    /// The newest that the board speaks of; nil while that is not known.
    private(set) var newest: UInt32?
    /// Nothing is read before the count is known to be the same.
    var isChecked = false
    var isFetching = false
    var retryAt: Int64?

    /// From what was remembered.
    init(_ memory: JSON?) {
        guard let memory, let index = memory["index"]?.integerValue.flatMap({ UInt32(exactly: $0) }) else { return }
        self.index = index
        epoch = memory["epoch"]?.integerValue ?? 0
        mark = memory["mark"]?.stringValue ?? ""
    }

    /// What is to be remembered.
    func memory(cards: JSON?) -> JSON {
        [
            "epoch": .integer(epoch), "index": JSON(index.map { Int64($0) }), "mark": .string(mark),
            "cards": cards ?? .null,
        ]
    }

    mutating func note(_ event: BoardEvent?) { newest = event?.index ?? 0 }

    mutating func forgetNewest() {
        newest = nil
        isChecked = false
        isFetching = false
    }

    func isRead(_ number: UInt32) -> Bool { index.map { $0 >= number } ?? false }

    mutating func move(to number: UInt32, mark: String) {
        index = number
        self.mark = mark
    }

    /// The count has begun anew.
    mutating func beginAnew() {
        epoch += 1
        index = 0
        mark = ""
    }
}

extension Board {
    /// Whether the last event that was read is still what it was: another board, or one that was reset, has others.
    func checkEvents() {
        events.isChecked = false
        guard let index = events.index, index > 0, !events.mark.isEmpty else {
            events.isChecked = true
            return
        }
        ask(.event(serial, index), .event) { [unowned self] answer in
            events.isChecked = true
            guard let found = answer.map(BoardEvent.init), found.index == index, found.kind != BoardEvent.overwritten,
                found.mark != events.mark
            else { return }
            beginAnew()
        }
    }

    private func beginAnew() {
        events.beginAnew()
        for (door, _) in doors.values {
            host.record(DoorEvent(door: door.id, kind: "reset", details: ["serial": .string(source)]))
        }
        remember()
    }

    /// Reads what has happened since, one event after the other.
    func fetchEvents(_ now: Int64) {
        guard events.isChecked, !events.isFetching, !host.isBehind, let newest = events.newest,
            events.retryAt.map({ now >= $0 }) ?? true
        else { return }
        events.retryAt = nil
        guard let index = events.index else {
            events.move(to: newest, mark: "")
            return remember()
        }
        if newest < index { beginAnew() }
        guard let next = events.index.map({ $0 + 1 }), next <= newest else { return }
        events.isFetching = true
        ask(.event(serial, next), .event) { [unowned self] answer in
            events.isFetching = false
            let now = Time.monotonicMilliseconds()
            guard let event = answer.map(BoardEvent.init) else { return wait(now) }
            if event.kind == BoardEvent.overwritten { return jump(over: next) }
            // Behind the end: what the newest one is has to be asked again.
            guard event.index == next else { return wait(now) }
            take(event, now)
        }
    }

    private func wait(_ now: Int64) { events.retryAt = now + 1_000 }

    /// The board has no room for so many: it goes on with the oldest that it has.
    private func jump(over next: UInt32) {
        events.isFetching = true
        ask(.event(serial, 0), .event) { [unowned self] answer in
            events.isFetching = false
            guard let first = answer.map(BoardEvent.init), first.index > next else {
                return wait(Time.monotonicMilliseconds())
            }
            let details: [String: JSON] = ["count": .integer(Int64(clamping: first.index - next))]
            for (door, _) in doors.values {
                host.record(
                    DoorEvent(
                        door: door.id, kind: "events_lost", source: source, epoch: events.epoch,
                        index: Int64(clamping: next),
                        details: details))
            }
            events.move(to: first.index - 1, mark: "")
            remember()
        }
    }

    private func take(_ event: BoardEvent, _ now: Int64) {
        if let (door, settings) = doors[event.door] {
            do { try record(event, door, settings, now) } catch {
                host.log("event of a board not written", "board \(serial)")
                return wait(now)
            }
        }
        events.move(to: event.index, mark: event.mark)
        remember()
        if event.reason == EventWords.remoteOpen { confirm(door: event.door, by: event) }
        fetchEvents(now)
    }

    private func record(
        _ event: BoardEvent, _ door: Door, _ settings: BoardSettings, _ now: Int64
    ) throws(DatabaseError) {
        // A clock that is ahead of the site's must not tell of the future.
        let wall = clock.wall(now)
        let time = event.time.flatMap { time in wall.map { time.seconds > $0.seconds + 2 } == true ? nil : time }
        if event.kind == BoardEvent.card { return try noteSwipe(event, door, settings, time) }
        let isLeaf = event.reason == EventWords.doorOpened || event.reason == EventWords.doorClosed
        // What the contact does now, every status says, and who reads it writes the event.
        if isLeaf, settings.hasContact, let wall, let time, wall.seconds - time.seconds < 30 { return }
        host.record(
            DoorEvent(
                door: door.id, kind: EventWords.kind(of: event), happenedAt: time.map { "\($0.text) \(door.timeZone)" },
                source: source, epoch: events.epoch, index: Int64(event.index), details: details(event)))
    }

    /// Only here the number of a card is one.
    ///
    /// - SQL: `api.outbox_note_swipe` (sql/functions/outbox/outbox_note_swipe.sql).
    private func noteSwipe(
        _ event: BoardEvent, _ door: Door, _ settings: BoardSettings, _ time: BoardTime?
    ) throws(DatabaseError) {
        let tags = CardNumber.spellings(event.number, settings.cardFormat).compactMap { GateCode(reading: $0) }
            .flatMap(codes.tags)
        var facts = details(event)
        facts["card"] = .string("••" + CardNumber.hint(event.number))
        let members = facts.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: $0.value) }
        _ = try host.database.run(
            Statement(
                "select api.outbox_note_swipe($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)",
                name: "outbox_note_swipe",
                parameters: [
                    .integer(door.id), .text(source), .integer(events.epoch), .integer(Int64(event.index)),
                    .bool(event.isGranted), .bool(event.isExit), .bytesArray(tags),
                    .text(CardNumber.hint(event.number)), .optionalText(time?.text),
                    .text(String(decoding: JSON.object(members).serialized(), as: UTF8.self)),
                ]))
    }

    private func details(_ event: BoardEvent) -> [String: JSON] {
        ["reason": .integer(Int64(clamping: event.reason)), "text": .string(EventWords.reason(event.reason))]
    }
}
