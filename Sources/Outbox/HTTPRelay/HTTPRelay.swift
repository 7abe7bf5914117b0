import Doors
import HTTPClient
package import OperatingSystem
package import Outbox

/// Opens doors over HTTP: relays, intercoms, controllers with an interface of their own.
///
/// A device's 200 is not an opened door: it counts as accepted where its rule holds, as confirmed where the device's answer
/// or its state says that the relay is on. What was sent and not answered is unknown, and not sent again.
package final class HTTPRelay: Driver {
    package static let name = DriverDeclaration.http.name

    /// Failed looks after which a device counts as offline: one may be lost.
    static let failuresUntilOffline: Int64 = 2
    private unowned let host: any OutboxHost
    let client: HTTPClient
    var relays: [Int64: Relay] = [:]
    private var version = 0
    private var isFinishing = false

    package init(_ host: any OutboxHost) {
        self.host = host
        client = HTTPClient(under: NetworkRules(only: host.deviceNetworks.compactMap(IPNetwork.init)))
    }

    // MARK: Participant

    package var watched: [(descriptor: Int32, interest: Poll.Interest)] { client.watched }

    package var isDueAt: Int64? {
        let own = isFinishing ? nil : relays.values.compactMap(\.isDueAt).min()
        return [client.isDueAt, own].compactMap { $0 }.min()
    }

    package func proceed(_ ready: Set<Int32>) {
        client.proceed(ready)
        guard !isFinishing else { return }
        let now = Time.monotonicMilliseconds()
        for (id, var relay) in relays where relay.isDueAt.map({ $0 <= now }) == true {
            if relay.keepOpenAt.map({ $0 <= now }) == true {
                keepOpen(&relay, now)
                relays[id] = relay
            } else {
                look(at: id, now)
            }
        }
    }

    package func finish() { isFinishing = true }

    // MARK: Driver

    package func use(_ doors: [Door]) {
        let before = relays
        relays = [:]
        for door in doors {
            if let known = before[door.id], known.door == door {
                relays[door.id] = known
            } else {
                relays[door.id] = start(door, after: before[door.id])
            }
        }
    }

    private func start(_ door: Door, after known: Relay?) -> Relay {
        version += 1
        var plan: RelayPlan?
        var fault: String?
        do throws(RelayPlan.Fault) { plan = try RelayPlan(door) } catch {
            fault = "the setting \(error.setting) is wrong"
        }
        var relay = Relay(door: door, plan: plan, version: version)
        relay.trouble = known?.trouble
        (relay.underway, relay.pulseEndsAt) = (known?.underway ?? [], known?.pulseEndsAt ?? 0)
        if plan?.state != nil { (relay.watch, relay.mustBeClosedAt) = (known?.watch, known?.mustBeClosedAt) }
        if plan?.contact != nil || plan?.state != nil { relay.nextPollAt = Time.monotonicMilliseconds() }
        // What was changed during an emergency, or before this process was there.
        if door.wantsOpen, known?.door.wantsOpen != false { relay.keepOpenAt = Time.monotonicMilliseconds() }
        if let fault {
            say("settings", fault, of: &relay)
        } else if relay.trouble == "settings" || relay.trouble == Self.notKeptOpen && !door.wantsOpen {
            say("", nil, of: &relay)
        }
        return relay
    }

    package func perform(_ command: DoorCommand, at door: Door) {
        guard let plan = relays[door.id]?.plan else {
            return host.report(command.id, .failed, "the door's settings are wrong")
        }
        guard let request = plan.request(for: command) else {
            return host.report(command.id, .failed, "this device cannot do it")
        }
        let mayBeOn = relays[door.id]?.mayBeOn ?? false
        if command.kind == .open {
            relays[door.id]?.mustBeClosedAt = nil
            relays[door.id]?.underway.insert(command.id)
        }
        let sent = Sent(command: command, mayBeOn: mayBeOn)
        send(request, sent, to: door.id, isRepeatable: plan.isIdempotent && command.kind == .open)
    }

    /// A command that was handed to a device.
    private struct Sent {
        let command: DoorCommand
        /// The relay may have been on before.
        let mayBeOn: Bool
    }

    /// - Parameter wasSent: it was, before, without an answer.
    private func send(
        _ request: HTTPClientRequest, _ sent: Sent, to id: Int64, isRepeatable: Bool, wasSent: Bool = false
    ) {
        client.send(request) { [unowned self] result in
            if isRepeatable, case .failure(let error) = result, error.wasSent, !isFinishing {
                return send(request, sent, to: id, isRepeatable: false, wasSent: true)
            }
            ended(result, of: sent, at: id, wasSent: wasSent)
        }
    }

    // MARK: Answers to commands

    private func ended(
        _ result: Result<HTTPClientAnswer, HTTPClientError>, of sent: Sent, at id: Int64, wasSent: Bool
    ) {
        let command = sent.command
        relays[id]?.underway.remove(command.id)
        guard let plan = relays[id]?.plan else { return host.report(command.id, .unknown, "the door has changed") }
        let (state, text): (CommandState, String) =
            switch result {
            case .success(let answer): plan.judge(answer, of: command.kind)
            case .failure(let error): (wasSent || error.wasSent ? .unknown : .failed, error.description)
            }
        host.report(command.id, state, text)
        note(result, at: id, failuresUntilTrouble: 1, answer: text)
        let isOpening = command.kind == .open && state != .failed
        let provesNothing = command.kind == .open && sent.mayBeOn
        if state == .accepted || state == .unknown, !provesNothing { watch(command, at: id, plan) }
        if isOpening { relays[id]?.notePulse() }
        if isOpening, plan.state != nil, let seconds = relays[id]?.door.openSeconds {
            relays[id]?.mustBeClosedAt =
                Time.monotonicMilliseconds() + Int64(clamping: seconds) * 1000 + Relay.closingTime
        }
    }

    /// Looks for the effect of a command where the device tells its state.
    private func watch(_ command: DoorCommand, at id: Int64, _ plan: RelayPlan) {
        guard plan.state != nil, let relay = relays[id] else { return }
        let now = Time.monotonicMilliseconds()
        let pulse = command.kind == .open ? Int64(clamping: relay.door.openSeconds) * 1000 : Relay.longestWatch
        // That it stays open is seen once the pulse of an opening before is over.
        let first = command.kind == .hold ? max(now, relay.pulseEndsAt) : now
        relays[id]?.watch = Relay.Watch(
            command: command.id, wanted: command.kind == .release ? .closed : .open,
            until: first + min(pulse, Relay.longestWatch), nextAt: first)
    }

    // MARK: Looks

    private func look(at id: Int64, _ now: Int64) {
        guard let relay = relays[id], let plan = relay.plan else { return }
        let isAboutState = [relay.watch?.nextAt, relay.mustBeClosedAt].contains { $0.map { $0 <= now } == true }
        // While it is to stay open, both are looked at in turn.
        let isStateNext = isAboutState || plan.contact == nil || relay.door.wantsOpen && relay.askedContactLast
        guard let question = isStateNext ? plan.state ?? plan.contact : plan.contact else {
            relays[id]?.nextPollAt = nil
            return
        }
        let asksState = isStateNext && plan.state != nil
        relays[id]?.askedContactLast = !asksState
        relays[id]?.isAsking = true
        client.send(plan.request(for: question)) { [unowned self] result in
            guard relays[id]?.version == relay.version else { return }
            relays[id]?.isAsking = false
            note(result, at: id, failuresUntilTrouble: Self.failuresUntilOffline, answer: nil)
            let reading = (try? result.get()).flatMap { plan.reading(of: question, in: $0) }
            if asksState {
                heard(state: reading, at: id)
            } else {
                heard(contact: reading, result, at: id)
            }
            relays[id]?.planNextPoll()
        }
    }

    private func heard(state: Contact?, at id: Int64) {
        guard var relay = relays[id] else { return }
        defer { relays[id] = relay }
        let now = Time.monotonicMilliseconds()
        relay.state = state
        if var watch = relay.watch, watch.nextAt <= now {
            if state == watch.wanted {
                host.report(watch.command, .confirmed, "relay \(watch.wanted == .open ? "on" : "off")")
                relay.watch = nil
            } else {
                watch.nextAt = now + Relay.watchEvery
                relay.watch = watch.nextAt > watch.until ? nil : watch
            }
        }
        if let end = relay.mustBeClosedAt, now >= end {
            relay.mustBeClosedAt = nil
            if state == .open, !relay.door.wantsOpen { say("stays_open", "the relay is still on", of: &relay) }
        }
        if state == .closed, relay.trouble == "stays_open" { say("", nil, of: &relay) }
        if state == .closed, relay.watch == nil { keepOpen(&relay, now) }
    }

    private func heard(contact: Contact?, _ result: Result<HTTPClientAnswer, HTTPClientError>, at id: Int64) {
        guard var relay = relays[id] else { return }
        defer { relays[id] = relay }
        if let contact, contact != relay.contact {
            relay.contact = contact
            host.report(id, DoorReport(contact: contact))
        } else if contact == nil, case .success = result, relay.trouble == "" {
            say("answer", "the contact's answer is not understood", of: &relay)
        }
        if contact != nil, relay.trouble == "answer" { say("", nil, of: &relay) }
    }

    // MARK: What is known of the device

    /// Whether it was reached, and what is wrong with it.
    func note(
        _ result: Result<HTTPClientAnswer, HTTPClientError>, at id: Int64, failuresUntilTrouble: Int64, answer: String?
    ) {
        guard var relay = relays[id] else { return }
        defer { relays[id] = relay }
        switch result {
        case .success(let found):
            let wasAway = relay.failures > 0
            relay.failures = 0
            host.report(id, DoorReport(reached: true, answer: answer))
            let isLocked = found.status == 401 || found.status == 403
            if isLocked {
                say("authentication", "answered \(found.status)", of: &relay)
            } else if !["", "answer", "stays_open", Self.notKeptOpen].contains(relay.trouble ?? "unknown") {
                say("", nil, of: &relay)
            }
            if wasAway { keepOpen(&relay, Time.monotonicMilliseconds()) }
        case .failure(let error):
            relay.failures += 1
            if let answer { host.report(id, DoorReport(answer: answer)) }
            if relay.failures >= failuresUntilTrouble || error.trouble != "offline" {
                say(error.trouble, error.description, of: &relay)
            }
        }
    }

    /// Reports trouble where it is another than before.
    func say(_ trouble: String, _ answer: String?, of relay: inout Relay) {
        guard relay.trouble != trouble else { return }
        relay.trouble = trouble
        host.report(relay.door.id, DoorReport(answer: answer, trouble: trouble))
        if !trouble.isEmpty { host.log("door in trouble", "door \(relay.door.id): \(trouble)") }
    }
}

extension HTTPClientError {
    /// The word for it in a door's state.
    fileprivate var trouble: String {
        switch reason {
        case .unusable: "settings"
        case .refusedAddress: "address"
        case .certificate: "certificate"
        case .notHTTP: "protocol"
        case .unknownName, .noConnection, .timeout, .late, .lost: "offline"
        }
    }
}
