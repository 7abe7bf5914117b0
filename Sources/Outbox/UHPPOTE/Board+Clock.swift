import JSON
import OperatingSystem
import Outbox
import PostgreSQL

/// The clock of a board, compared with the wall of its site.
struct ClockWatch {
    /// In milliseconds.
    static let every: Int64 = 3_600_000
    /// Seconds that do not matter: a status takes part of one.
    static let tolerated = -2...2

    /// When it is looked at again; with the next status then.
    var checkAt: Int64 = 0
    /// The board's clock minus the site's, in seconds, as it was found last.
    var drift: Int?
    /// It was set: what is found next is only told, or a clock that does not keep its time would be set without end.
    var isSet = false
    /// The site's wall at a moment of this machine, from the database, which knows the zones.
    private var known: (seconds: Int64, at: Int64)?

    mutating func learn(_ seconds: Int64, at now: Int64) { known = (seconds, now) }

    /// What the wall of the site shows; nil before it was asked for.
    func wall(_ now: Int64) -> BoardTime? { known.map { BoardTime(seconds: $0.seconds + (now - $0.at + 500) / 1000) } }
}

extension Board {
    /// After a status: hourly at most, and whenever the board is met.
    func checkClock(_ status: BoardStatus, _ now: Int64) {
        guard now >= clock.checkAt, !host.isBehind, let first = doors.values.first?.door else { return }
        clock.checkAt = now + ClockWatch.every
        do { clock.learn(try wallSeconds(of: first), at: now) } catch {
            clock.checkAt = now + 10_000
            return
        }
        guard let wall = clock.wall(now) else { return }
        let drift = status.clock.map { Int(clamping: $0.seconds - wall.seconds) }
        clock.drift = drift
        let isRight = drift.map(ClockWatch.tolerated.contains) ?? false
        if clock.isSet || isRight { clock.isSet = false } else { setClock(wall, drift) }
    }

    private func setClock(_ wall: BoardTime, _ drift: Int?) {
        ask(.setTime(serial, wall), .control, attempts: 1) { [unowned self] answer in
            guard let answer, BoardTime(answer.part(8..<15)) == wall else {
                clock.checkAt = Time.monotonicMilliseconds() + 10_000
                return
            }
            clock.isSet = true
            clock.checkAt = 0
            for (door, _) in doors.values {
                host.record(DoorEvent(door: door.id, kind: "clock_set", details: ["drift_seconds": JSON(drift)]))
            }
        }
    }

    /// - SQL: `api.outbox_wall_clock` (sql/functions/outbox/outbox_wall_clock.sql).
    private func wallSeconds(of door: Door) throws(DatabaseError) -> Int64 {
        try host.database.run(
            Statement("select api.outbox_wall_clock($1)", name: "outbox_wall_clock", parameters: [.integer(door.id)])
        ).single().integer(0)
    }
}
