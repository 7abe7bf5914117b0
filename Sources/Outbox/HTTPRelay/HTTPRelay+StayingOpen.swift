import HTTPClient
import OperatingSystem
import Outbox

/// Doors that are to stay open.
extension HTTPRelay {
    /// Between two times that a door is told again to stay open.
    private static let keepOpenEvery: Int64 = 5_000
    /// Trouble of a device that does not take this.
    static let notKeptOpen = "not_kept_open"

    /// A device that was away, or that closed by itself, is told again to stay open, until it has taken it.
    func keepOpen(_ relay: inout Relay, _ now: Int64) {
        relay.keepOpenAt = nil
        guard relay.door.wantsOpen, let plan = relay.plan,
            let request = plan.request(for: DoorCommand(id: 0, kind: .hold, freshUntil: nil))
        else { return }
        guard now - relay.keptOpenAt >= Self.keepOpenEvery else {
            relay.keepOpenAt = relay.keptOpenAt + Self.keepOpenEvery
            return
        }
        relay.keptOpenAt = now
        let (id, version) = (relay.door.id, relay.version)
        client.send(request) { [unowned self] result in
            guard relays[id]?.version == version else { return }
            note(result, at: id, failuresUntilTrouble: Self.failuresUntilOffline, answer: nil)
            keptOpen(result, at: id, plan)
        }
    }

    /// What it says to that: where it has not taken it, this is trouble, and it is told once more.
    private func keptOpen(
        _ result: Result<HTTPClientAnswer, HTTPClientError>, at id: Int64, _ plan: RelayPlan
    ) {
        guard var relay = relays[id] else { return }
        defer { relays[id] = relay }
        if case .success(let answer) = result {
            let (state, text) = plan.judge(answer, of: .hold)
            if state != .failed {
                if relay.trouble == Self.notKeptOpen { say("", nil, of: &relay) }
                return
            }
            if relay.trouble != "authentication" { say(Self.notKeptOpen, text, of: &relay) }
        }
        relay.keepOpenAt = relay.keptOpenAt + Self.keepOpenEvery
    }
}
