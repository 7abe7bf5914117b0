import JSON
import MQTT
import OperatingSystem
import Outbox

/// One broker and the doors behind it.
final class BrokerLink {
    /// Milliseconds without a connection after which it is trouble.
    private static let brokerPatience: Int64 = 10_000
    /// Milliseconds after the welcome in which devices have said whether they are there.
    private static let firstWords: Int64 = 500

    enum Heard {
        case ask, answer, contact, relay, device
    }

    let host: any OutboxHost
    private let settings: MQTTSettings
    private let name: String
    private let rules: NetworkRules
    private(set) lazy var client = MQTTClient(
        settings, name: name,
        isAllowed: { [rules] address in IPAddress(address).map(rules.allows) ?? false },
        hear: { [weak self] event in self?.hear(event) })
    private(set) var doors: [Int64: MQTTDoor] = [:]
    private var topics: [String: (door: Int64, what: Heard)] = [:]
    /// Commands that the broker has not acknowledged, by its numbers.
    var numbers: [Int32: (door: Int64, id: String)] = [:]
    /// Since when there is, or is not, a connection.
    private var since = Time.monotonicMilliseconds()
    private var isUp = false
    private(set) var lastLoss = ""
    private var isStopping = false

    /// - Parameter name: by which the broker knows this process.
    init(_ settings: MQTTSettings, name: String, host: any OutboxHost, rules: NetworkRules) {
        self.settings = settings
        self.name = name
        self.host = host
        self.rules = rules
    }

    // MARK: Doors

    /// All doors behind this broker.
    func use(_ found: [(door: Door, settings: MQTTDoorSettings)]) {
        let kept = Set(found.map(\.door.id))
        for (id, mine) in doors where !kept.contains(id) { leave(mine) }
        for (door, settings) in found {
            if let mine = doors[door.id], mine.settings.topics == settings.topics {
                let isNews = mine.settings != settings || mine.door.name != door.name
                (mine.door, mine.settings) = (door, settings)
                if isNews, client.isConnected { announce(mine) }
                continue
            }
            if let mine = doors[door.id] { leave(mine) }
            add(MQTTDoor(door, settings))
        }
    }

    private func add(_ mine: MQTTDoor) {
        let id = mine.door.id
        doors[id] = mine
        let its = mine.settings.topics
        let heard: [(String, Heard)] = [
            (its.ask, .ask), (its.answer, .answer), (its.contact, .contact), (its.relay, .relay), (its.device, .device),
        ]
        for (topic, what) in heard { topics[topic] = (id, what) }
        guard client.isConnected else { return }
        client.subscribe(its.subscriptions + [MQTTSubscription(topic: its.birth, kept: .never)])
        announce(mine)
    }

    private func leave(_ mine: MQTTDoor) {
        remove(mine)
        client.unsubscribe(mine.settings.topics.subscriptions.map(\.topic))
    }

    /// Home Assistant forgets a device whose document is empty.
    private func remove(_ mine: MQTTDoor) {
        for sent in mine.commands.values where sent.obeysUntil == nil {
            host.report(sent.command.id, .unknown, "the door was changed meanwhile")
        }
        let its = mine.settings.topics
        doors[mine.door.id] = nil
        topics = topics.filter { $0.value.door != mine.door.id }
        for topic in [its.document, its.state] { publish(topic, [], isRetained: true) }
    }

    /// The broker is no longer used.
    func retire() {
        for mine in doors.values { remove(mine) }
        client.finish()
    }

    // MARK: The loop

    var isDueAt: Int64? {
        let waiting = doors.values.flatMap(\.commands.values).flatMap { sent -> [Int64] in
            if let until = sent.obeysUntil { return [until] }
            return sent.isReceived ? [sent.answerUntil] : [sent.answerUntil, sent.receiptUntil]
        }
        let look = since + (client.isConnected ? Self.firstWords : Self.brokerPatience)
        let isNew = doors.values.contains { $0.trouble != trouble($0) }
        return ([client.isDueAt] + waiting + [isNew ? look : nil]).compactMap { $0 }.min()
    }

    func proceed(_ ready: Set<Int32>) {
        client.proceed(ready)
        let now = Time.monotonicMilliseconds()
        for mine in doors.values { giveUp(mine, now) }
        // The process gives up by itself what has no answer; here the last word is said.
        if isStopping, !isWaiting { client.finish() }
        guard now - since >= (client.isConnected ? Self.firstWords : Self.brokerPatience) else { return }
        for mine in doors.values { tellTrouble(mine) }
    }

    /// Goes, or waits for the answers to what was sent.
    func finish() {
        isStopping = true
        if !isWaiting { client.finish() }
    }

    private var isWaiting: Bool {
        doors.values.contains { $0.commands.values.contains { $0.obeysUntil == nil } }
    }

    // MARK: What is heard

    private func hear(_ event: MQTTEvent) {
        switch event {
        case .connected: greet()
        case .lost(let reason): lose(reason)
        case .receipt(let number, let reason): receive(number, reason)
        case .message(let arrival): take(arrival)
        }
    }

    private func greet() {
        since = Time.monotonicMilliseconds()
        isUp = true
        lastLoss = ""
        host.log("broker connected", "\(settings.host):\(settings.port)")
        let all = doors.values.map(\.settings.topics)
        let common = Set(all.map(\.birth)).union([settings.will.topic])
        client.subscribe(
            all.flatMap(\.subscriptions) + common.sorted().map { MQTTSubscription(topic: $0, kept: .never) })
        sayThere()
        for mine in doors.values { announce(mine) }
    }

    private func lose(_ reason: String) {
        if isUp { since = Time.monotonicMilliseconds() }
        isUp = false
        if lastLoss != reason { host.log("no broker", "\(settings.host):\(settings.port): \(reason)") }
        lastLoss = reason
        loseCommands()
    }

    private func take(_ arrival: MQTTArrival) {
        if arrival.topic == settings.will.topic {
            // The will of another process, or of the one before this: this one is there.
            if arrival.payload == Array("offline".utf8), !isStopping { sayThere() }
        } else if let (door, what) = topics[arrival.topic], let mine = doors[door] {
            take(arrival, what, of: mine)
        } else if arrival.payload == Array("online".utf8) {
            for mine in doors.values where mine.settings.topics.birth == arrival.topic { announce(mine) }
        }
    }

    // MARK: What is said

    private func sayThere() { publish(settings.will.topic, Array("online".utf8), isRetained: true) }

    private func announce(_ mine: MQTTDoor) {
        let document = DiscoveryDocument.make(mine.door, mine.settings)
        publish(mine.settings.topics.document, document.serialized(), isRetained: true)
        tellState(mine)
    }

    func tellState(_ mine: MQTTDoor) {
        publish(mine.settings.topics.state, mine.state.serialized(), isRetained: true)
    }

    func tell(_ type: String, of mine: MQTTDoor, _ facts: [(String, JSON)] = []) {
        publish(
            mine.settings.topics.event, DiscoveryDocument.event(type, facts).serialized(), isRetained: false)
    }

    private func publish(_ topic: String, _ payload: [UInt8], isRetained: Bool) {
        _ = client.publish(MQTTMessage(topic: topic, payload: payload, isRetained: isRetained))
    }

    private func trouble(_ mine: MQTTDoor) -> String {
        if !client.isConnected { return "broker" }
        if mine.isDeviceThere == false { return "offline" }
        return mine.isAnswerMissing ? "no_answer" : ""
    }

    private func tellTrouble(_ mine: MQTTDoor) {
        let trouble = trouble(mine)
        guard mine.trouble != trouble else { return }
        mine.trouble = trouble
        host.report(
            mine.door.id,
            DoorReport(answer: trouble == "broker" ? "no broker: \(lastLoss)" : nil, trouble: trouble))
        if client.isConnected { tellState(mine) }
    }
}
