package import OperatingSystem
package import PostgreSQL
import Scoreboard
package import Web

/// Counts what one worker does, into the scoreboard of its pool; without one it counts nothing.
///
/// A request costs some additions in memory and one reading of the clock, no system call.
package final class Meter {
    private let plan: CounterPlan
    private let slot: ScoreboardSlot?
    private let slowMicroseconds: Int64
    private var connections: Int = 0
    private var databaseFailures: UInt64 = 0

    /// Counts nothing.
    package init(_ plan: CounterPlan) {
        self.plan = plan
        slot = nil
        slowMicroseconds = 0
    }

    /// - Parameters:
    ///   - folder: of the scoreboards; nil where none are kept.
    ///   - slowMilliseconds: a request that takes longer counts as slow.
    /// - Throws: when the pool's file cannot be used.
    package init(_ plan: CounterPlan, folder: String?, pool: String, slowMilliseconds: Int) throws(OperatingSystemError)
    {
        self.plan = plan
        slowMicroseconds = Int64(clamping: slowMilliseconds) * 1_000
        guard let folder else {
            slot = nil
            return
        }
        let slot = try ScoreboardSlot("\(folder)/\(pool)", plan.layout)
        slot.set(CounterPlan.Figure.idleSince, UInt64(clamping: Time.monotonicMilliseconds()))
        slot.set(CounterPlan.Figure.socket, ListeningSockets.inode(of: 0) ?? 0)
        self.slot = slot
    }

    /// A request is taken.
    /// - Parameter began: on the clock that never jumps, in microseconds.
    package func begin(_ began: Int64) {
        slot?.add(CounterPlan.Counter.accepted)
        slot?.set(CounterPlan.Figure.busySince, UInt64(clamping: began / 1_000))
    }

    /// The answer has left.
    package func end(_ outcome: Outcome, microseconds: Int64, _ database: Database) {
        guard let slot else { return }
        slot.add(plan.word(of: outcome.route, status: outcome.response.status))
        let time = UInt64(clamping: microseconds)
        let bucket = Histogram.bucket(microseconds)
        slot.add(CounterPlan.Counter.requests + bucket)
        slot.add(CounterPlan.Counter.requestTime, time)
        if microseconds > slowMicroseconds { slot.add(CounterPlan.Counter.slow) }
        if !outcome.counted.isEmpty {
            for name in outcome.counted { slot.add(CounterPlan.word(ofVerdict: name)) }
            slot.add(CounterPlan.Counter.decisions + bucket)
            slot.add(CounterPlan.Counter.decisionTime, time)
        }
        if database.connections > connections {
            slot.add(CounterPlan.Counter.connections, UInt64(clamping: database.connections - connections))
            connections = database.connections
            reachDatabase()
        }
        rest(slot)
    }

    /// The client had gone.
    package func desert() {
        slot?.add(CounterPlan.Counter.deserted)
        desist()
    }

    /// Whatever was in hand is done with.
    package func desist() {
        if let slot { rest(slot) }
    }

    /// Another worker does it.
    package func passOn() { slot?.add(CounterPlan.Counter.passedOn) }

    /// The database refused something or did not answer.
    package func fail(_ error: DatabaseError) {
        guard let name = Self.name(of: error) else { return }
        if case .unavailable = error {
            databaseFailures += 1
            slot?.set(CounterPlan.Figure.databaseFailures, databaseFailures)
            slot?.set(CounterPlan.Figure.reachesDatabase, 0)
        }
        slot?.add(CounterPlan.word(ofError: name))
    }

    /// Whether this worker could not reach the database when it last tried.
    package var isCutOff: Bool { databaseFailures > 0 }

    /// The connection ended while nothing was asked: whether the database can be reached is not known any more.
    package func forgetDatabase() { slot?.set(CounterPlan.Figure.reachesDatabase, 0) }

    /// The database has answered.
    package func reachDatabase() {
        databaseFailures = 0
        slot?.set(CounterPlan.Figure.databaseFailures, 0)
        slot?.set(CounterPlan.Figure.reachesDatabase, 1)
    }

    /// What this worker knows of its keys.
    ///
    /// - Parameters:
    ///   - oldest: when the oldest one in use was made, in seconds since 1970; nil for no keys.
    ///   - areReadable: whether the files could be read now.
    package func tellKeys(oldest: Int64?, areReadable: Bool) {
        slot?.set(CounterPlan.Figure.oldestKey, UInt64(clamping: oldest ?? 0))
        slot?.set(CounterPlan.Figure.keysUnreadable, areReadable ? 0 : 1)
    }

    /// How many wait in front of a pool, seen by the status worker.
    package func sawQueue(_ length: Int64, ofPool place: Int) {
        slot?.raise(CounterPlan.Counter.longestQueue + place, to: UInt64(clamping: length))
    }

    /// This worker ends in order.
    package func close() { slot?.end() }

    private func rest(_ slot: ScoreboardSlot) {
        slot.set(CounterPlan.Figure.busySince, 0)
        slot.set(CounterPlan.Figure.idleSince, UInt64(clamping: Time.monotonicMilliseconds()))
    }

    /// Nil for a refusal of our own.
    private static func name(of error: DatabaseError) -> String? {
        switch error {
        case .unavailable: CounterPlan.unavailable
        case .timeout: CounterPlan.timeout
        case .outcomeUnknown: CounterPlan.lost
        case .refused(let refusal): refusal.isOurs ? nil : String(refusal.state.prefix(2))
        case .unexpected: CounterPlan.other
        }
    }
}
