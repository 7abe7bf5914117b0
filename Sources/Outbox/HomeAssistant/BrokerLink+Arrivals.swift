import JSON
import MQTT
import OperatingSystem
import Outbox
import PostgreSQL

/// What devices and Home Assistant say.
extension BrokerLink {
    func take(_ arrival: MQTTArrival, _ what: Heard, of mine: MQTTDoor) {
        let words = arrival.payload.count <= 16 ? String(decoding: arrival.payload, as: UTF8.self).lowercased() : ""
        switch what {
        case .ask: ask(arrival, of: mine)
        case .answer:
            guard !arrival.isRetained,
                let answer = Acknowledgement(arrival.payload, correlation: arrival.correlation)
            else { return }
            self.answer(answer, of: mine)
        case .contact:
            // As ESPHome and Tasmota say it, too.
            guard let contact: Contact = ["open": .open, "on": .open, "closed": .closed, "off": .closed][words] else {
                return
            }
            take(contact, arrival, of: mine)
        case .relay:
            guard let isUnlocked = ["on": true, "off": false][words] else { return }
            heard(arrival, of: mine)
            guard mine.note(isUnlocked: isUnlocked) else { return }
            if !arrival.isRetained { obey(mine, isUnlocked: isUnlocked) }
            host.report(mine.door.id, DoorReport(details: ["relay": .string(words)]))
            tellState(mine)
        case .device:
            guard let isThere = ["online": true, "offline": false][words] else { return }
            take(isThere: isThere, arrival, of: mine)
        }
    }

    /// What the broker kept is no sign of life.
    private func heard(_ arrival: MQTTArrival, of mine: MQTTDoor) {
        if !arrival.isRetained { host.report(mine.door.id, DoorReport(reached: true)) }
    }

    private func take(_ contact: Contact, _ arrival: MQTTArrival, of mine: MQTTDoor) {
        heard(arrival, of: mine)
        guard mine.note(contact) else { return }
        host.report(mine.door.id, DoorReport(contact: contact))
        tellState(mine)
        guard !arrival.isRetained else { return }
        tell(contact == .open ? "opened" : "closed", of: mine)
        if contact == .open { obey(mine, isUnlocked: true) }
    }

    private func take(isThere: Bool, _ arrival: MQTTArrival, of mine: MQTTDoor) {
        let wasThere = mine.isDeviceThere
        mine.isDeviceThere = isThere
        if isThere {
            heard(arrival, of: mine)
            if wasThere != true { mine.isAnswerMissing = false }
            if mine.door.wantsOpen, !arrival.isRetained || wasThere == false { holdAgain(mine) }
        }
        if wasThere != isThere { tellState(mine) }
    }

    // MARK: Asks

    /// - SQL: `api.outbox_open_asked` (sql/functions/outbox/outbox_open_asked.sql).
    private func ask(_ arrival: MQTTArrival, of mine: MQTTDoor) {
        guard let ask = OpenAsk(arrival.payload, wall: Time.wallSeconds()) else { return }
        guard !arrival.isRetained else { return host.log("a retained ask was not followed", "door \(mine.door.id)") }
        guard mine.asks.take(Time.monotonicMilliseconds()) else { return }
        do throws(DatabaseError) {
            let rows = try host.database.run(
                Statement(
                    "select api.outbox_open_asked($1, $2, $3)", name: "outbox_open_asked",
                    parameters: [.integer(mine.door.id), .text(ask.id), .bool(ask.isStale)]))
            switch try rows.single().text(0) {
            case "queued": tell("asked", of: mine)
            case "refused": tell("ask_refused", of: mine)
            // Said already, or too often to be said again.
            default: break
            }
        } catch {
            // Nobody decided, so nothing opens.
            host.log("an ask was not decided", "door \(mine.door.id): \(String(reflecting: error))")
        }
    }
}
