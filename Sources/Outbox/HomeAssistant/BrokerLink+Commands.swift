import Cryptography
import JSON
import MQTT
import OperatingSystem
import Outbox

/// What doors are told, and what becomes of it.
extension BrokerLink {
    /// More without a receipt, and libmosquitto would keep the next one for later.
    private static let mostOnTheirWay = 10
    /// Milliseconds after a command is stale in which an answer may still arrive, and the longest that one is waited for:
    /// the outbox gives up after 15 seconds.
    private static let answerTime: Int64 = 1000
    private static let longestWait: Int64 = 13_000
    /// Milliseconds after the pulse in which the door may be seen to open.
    private static let obeyTime: Int64 = 10_000

    func perform(_ command: DoorCommand, at door: Door) {
        func refuse(_ why: String) { host.report(command.id, .failed, why) }
        guard let mine = doors[door.id] else { return refuse("the door is not in use") }
        // Nothing waits for a broker or a device: it would open late.
        guard client.isConnected else { return refuse("no connection to the broker") }
        guard mine.isDeviceThere != false else { return refuse("the device is not connected") }
        guard numbers.count < Self.mostOnTheirWay else { return refuse("the broker does not keep up") }
        let now = Time.monotonicMilliseconds()
        guard let document = document(command.kind, named: String(command.id), command.freshUntil, of: mine, now) else {
            return refuse("less than a second was left")
        }
        guard let number = send(document, to: mine) else { return refuse("the broker cannot be written to") }
        let fresh = min(command.freshUntil ?? now + Int64(clamping: document.expiry) * 1000, now + Self.longestWait)
        mine.commands[document.id] = SentCommand(
            command: command, id: document.id, receiptUntil: fresh,
            answerUntil: min(fresh + Self.answerTime, now + Self.longestWait))
        numbers[number] = (door.id, document.id)
        tell("sent", of: mine, [("action", .string(command.kind.rawValue))])
    }

    /// A device that comes back while the door is to stay open does not know it yet.
    func holdAgain(_ mine: MQTTDoor) {
        guard let document = document(.hold, named: "hold", nil, of: mine, Time.monotonicMilliseconds()) else { return }
        _ = send(document, to: mine)
    }

    private func document(
        _ kind: DoorCommand.Kind, named name: String, _ freshUntil: Int64?, of mine: MQTTDoor, _ now: Int64
    ) -> CommandDocument? {
        CommandDocument(
            kind, id: "\(name)-\(Hexadecimal.encode(RandomBytes.make(count: 4)))", freshUntil: freshUntil,
            seconds: mine.door.openSeconds, now: now, wall: Time.wallMilliseconds())
    }

    private func send(_ document: CommandDocument, to mine: MQTTDoor) -> Int32? {
        let topics = mine.settings.topics
        return client.publish(
            MQTTMessage(
                topic: topics.command, payload: document.json.serialized(),
                delivery: .init(
                    expiry: document.expiry, responseTopic: topics.answer, correlation: Array(document.id.utf8))))
    }

    // MARK: Answers

    /// The broker has it, which says nothing of the device, or has found nobody to give it to.
    func receive(_ number: Int32, _ reason: Int32) {
        guard let (door, id) = numbers.removeValue(forKey: number), let mine = doors[door],
            let sent = mine.commands[id]
        else { return }
        switch reason {
        case 16: settle(sent, of: mine, .failed, "no device listens to its commands")
        case 128...: settle(sent, of: mine, .failed, "the broker refused it: reason \(reason)")
        default: mine.commands[id]?.isReceived = true
        }
    }

    func answer(_ answer: Acknowledgement, of mine: MQTTDoor) {
        guard let sent = mine.commands[answer.id] else { return answerLate(answer, of: mine) }
        guard sent.obeysUntil == nil else { return }
        mine.isAnswerMissing = false
        let words = answer.reason.isEmpty ? "" : ": \(answer.reason)"
        guard answer.isTaken else { return settle(sent, of: mine, .failed, "the device refused it\(words)") }
        host.report(sent.command.id, .accepted, "the device took it\(words)")
        host.report(mine.door.id, DoorReport(reached: true, answer: "took a command\(words)"))
        tell("accepted", of: mine)
        let pulse = Int64(clamping: mine.door.openSeconds) * 1000
        mine.commands[answer.id]?.obeysUntil = Time.monotonicMilliseconds() + pulse + Self.obeyTime
    }

    /// It may have opened when nobody thought so.
    private func answerLate(_ answer: Acknowledgement, of mine: MQTTDoor) {
        guard let row = mine.takeUnanswered(answer.id) else { return }
        mine.isAnswerMissing = false
        host.report(mine.door.id, DoorReport(reached: true, answer: "answered too late: check the door"))
        host.record(
            DoorEvent(
                door: mine.door.id, kind: "late_answer",
                details: ["message": .integer(row), "taken": .bool(answer.isTaken)]))
        tell("late_answer", of: mine)
    }

    /// The door was seen to do what it was told.
    func obey(_ mine: MQTTDoor, isUnlocked: Bool) {
        for sent in mine.commands.values where (sent.command.kind != .release) == isUnlocked {
            settle(sent, of: mine, .confirmed, isUnlocked ? "seen to open" : "seen to lock")
        }
    }

    private func settle(_ sent: SentCommand, of mine: MQTTDoor, _ state: CommandState, _ words: String) {
        mine.commands[sent.id] = nil
        host.report(sent.command.id, state, words)
        host.report(mine.door.id, DoorReport(reached: state == .confirmed ? true : nil, answer: words))
        tell(state.rawValue, of: mine, [("reason", .string(words))])
    }

    // MARK: No answer

    func giveUp(_ mine: MQTTDoor, _ now: Int64) {
        for sent in mine.commands.values {
            if let until = sent.obeysUntil {
                if now >= until { mine.commands[sent.id] = nil }
            } else if !sent.isReceived, now >= sent.receiptUntil {
                // With the connection goes what the system would still send, later.
                client.cut("the broker did not take a command in time")
                return
            } else if now >= sent.answerUntil {
                mine.isAnswerMissing = mine.settings.acknowledges
                giveUp(sent, of: mine, mine.settings.acknowledges ? "no answer of the device" : "the broker has it")
            }
        }
    }

    private func giveUp(_ sent: SentCommand, of mine: MQTTDoor, _ words: String) {
        settle(sent, of: mine, .unknown, words)
        mine.giveUp(sent)
    }

    /// What the broker had is answered on the next connection, if in time; of the rest nobody knows.
    func loseCommands() {
        numbers = [:]
        for mine in doors.values {
            for sent in mine.commands.values where !sent.isReceived && sent.obeysUntil == nil {
                giveUp(sent, of: mine, "the connection to the broker broke")
            }
        }
    }
}
