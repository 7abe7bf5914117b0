import Cryptography
import MQTT
package import OperatingSystem
package import Outbox

/// Doors behind brokers of MQTT 5: devices that obey Garita's commands, shown to Home Assistant.
///
/// Each broker has a connection and times of its own; one that is dead costs only its doors.
package final class HomeAssistantDriver: Driver {
    package static let name = "mqtt"

    private let host: any OutboxHost
    private let rules: NetworkRules
    private var links: [MQTTSettings: BrokerLink] = [:]
    private var linkOfDoor: [Int64: BrokerLink] = [:]
    /// Another process is another client.
    private let clientName = "garita-" + Hexadecimal.encode(RandomBytes.make(count: 8))

    package init(_ host: any OutboxHost) {
        self.host = host
        rules = NetworkRules(only: host.deviceNetworks.compactMap(IPNetwork.init))
    }

    package func use(_ doors: [Door]) {
        var found: [MQTTSettings: [(door: Door, settings: MQTTDoorSettings)]] = [:]
        var taken: Set<String> = []
        for door in doors.sorted(by: { $0.id < $1.id }) {
            do throws(MQTTDoorSettings.Fault) {
                let settings = try MQTTDoorSettings(door)
                let place = "\(settings.broker.host):\(settings.broker.port) \(settings.topics.object)"
                guard taken.insert(place).inserted else { throw .init(what: "another door has this topic") }
                found[settings.broker, default: []].append((door, settings))
            } catch {
                host.report(door.id, DoorReport(answer: "not used: \(error.what)", trouble: "settings"))
            }
        }
        for (broker, link) in links where found[broker] == nil {
            link.retire()
            links[broker] = nil
        }
        linkOfDoor = [:]
        for (broker, doors) in found {
            let link = links[broker] ?? BrokerLink(broker, name: clientName, host: host, rules: rules)
            links[broker] = link
            link.use(doors)
            for (door, _) in doors { linkOfDoor[door.id] = link }
        }
    }

    package func perform(_ command: DoorCommand, at door: Door) {
        guard let link = linkOfDoor[door.id] else {
            return host.report(command.id, .failed, "the settings of the door cannot be used")
        }
        link.perform(command, at: door)
    }

    package var watched: [(descriptor: Int32, interest: Poll.Interest)] { links.values.flatMap(\.client.watched) }

    package var isDueAt: Int64? { links.values.compactMap(\.isDueAt).min() }

    package func proceed(_ ready: Set<Int32>) {
        for link in links.values { link.proceed(ready) }
    }

    package func finish() {
        for link in links.values { link.finish() }
    }
}
