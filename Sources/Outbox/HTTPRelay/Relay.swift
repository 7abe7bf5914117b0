import OperatingSystem
import Outbox

/// One door, and what is going on with its device.
struct Relay {
    /// A command whose effect is looked for in the state.
    struct Watch {
        let command: Int64
        let wanted: Contact
        /// Looked for until then, by `Time.monotonicMilliseconds`.
        let until: Int64
        /// When the next question is due.
        var nextAt: Int64
    }

    /// Between two questions after a command.
    static let watchEvery: Int64 = 400
    /// For how long at most a command's effect is looked for.
    static let longestWatch: Int64 = 10_000
    /// After the pulse's end the device has so long to close.
    static let closingTime: Int64 = 2_000
    /// A device that does not answer is asked this much more seldom at most.
    private static let slowestPoll: Int64 = 30_000

    let door: Door
    /// nil when the settings are wrong.
    let plan: RelayPlan?
    /// Raised with every change of settings: an answer to what was asked before is not read.
    let version: Int
    var watch: Watch?
    /// When the pulse of the last opening must be over.
    var mustBeClosedAt: Int64?
    /// Openings that were sent and are not answered.
    var underway: Set<Int64> = []
    /// Until then the relay may be on because of an opening that was sent.
    var pulseEndsAt: Int64 = 0
    /// Its state as heard last; nil for never.
    var state: Contact?
    var nextPollAt: Int64?
    var isAsking = false
    var askedContactLast = false
    var failures: Int64 = 0
    /// As reported last; nil: not yet.
    var trouble: String?
    var contact: Contact?
    /// When it was last told again to stay open.
    var keptOpenAt: Int64 = 0
    /// When it is to be told so next; nil while it has taken it.
    var keepOpenAt: Int64?

    /// Whether the relay may be on already, so that seeing it on says nothing of the next opening.
    var mayBeOn: Bool {
        door.wantsOpen || state == .open || !underway.isEmpty || Time.monotonicMilliseconds() < pulseEndsAt
    }

    /// Notes an opening that may have turned it on.
    mutating func notePulse() {
        pulseEndsAt = max(
            pulseEndsAt, Time.monotonicMilliseconds() + Int64(clamping: door.openSeconds) * 1000 + Self.closingTime)
    }

    /// When this door wants attention; nil for never.
    var isDueAt: Int64? {
        guard !isAsking, plan != nil else { return nil }
        return [watch?.nextAt, mustBeClosedAt, nextPollAt, keepOpenAt].compactMap { $0 }.min()
    }

    /// Sets the next look; seldom where nobody answers.
    mutating func planNextPoll() {
        guard let plan, plan.contact != nil || plan.state != nil else { return nextPollAt = nil }
        let slower = min(Self.slowestPoll, plan.pollMilliseconds * (1 + failures))
        nextPollAt = Time.monotonicMilliseconds() + max(plan.pollMilliseconds, slower)
    }
}
