import Cryptography
import JSON
package import MQTT
package import Outbox

/// What an administrator has said of a door behind a broker (`DriverDeclaration.mqtt`).
package struct MQTTDoorSettings: Sendable, Equatable {
    /// As what Home Assistant shows the door.
    package enum Entity: String, Sendable {
        case button, lock, cover
    }

    package let broker: MQTTSettings
    package let topics: DoorTopics
    package let entity: Entity
    /// The device says when it took a command.
    package let acknowledges: Bool
    /// Home Assistant may ask for an opening, as the gate's device of the setting `device`.
    package let allowsAsks: Bool

    /// What is wrong with the settings of a door, in words.
    package struct Fault: Error, Equatable {
        package let what: String
    }

    /// Reads what was stored; forms and the API have checked it already, by the declaration.
    package init(_ door: Door) throws(Fault) {
        let said = door.settings
        guard let host = said["host"], !host.isEmpty else { throw Fault(what: "no broker is named") }
        let number = try? JSON(parsing: Array((said["port"] ?? "1883").utf8)).integerValue
        guard let port = number.flatMap({ Int32(exactly: $0) }), 1...65_535 ~= port else {
            throw Fault(what: "the port is no number from 1 to 65535")
        }
        let base = (said["topic"] ?? "garita/{door}").replacing("{door}", with: String(door.id))
        guard let topics = DoorTopics(base: base, discovery: said["discovery"] ?? "homeassistant") else {
            throw Fault(what: "the topic cannot be used")
        }
        self.topics = topics
        broker = MQTTSettings(
            host: host, port: port, security: try Self.security(said), user: said["user"] ?? "",
            password: door.secrets["password"] ?? "", will: .init(topic: topics.availability, payload: "offline"))
        entity = said["entity"].flatMap(Entity.init) ?? .button
        acknowledges = said["acknowledges"] != "no"
        allowsAsks = said["allows_asks"] == "yes"
    }

    private static func security(_ said: [String: String]) throws(Fault) -> MQTTSettings.Security {
        switch said["tls"] ?? "none" {
        case "none": return .none
        case "system": return .system
        default:
            // As curl and its documents write a pin.
            guard let text = said["pin"], text.hasPrefix("sha256//"),
                let hash = Base64.decode(text.dropFirst("sha256//".count)), hash.count == 32
            else { throw Fault(what: "the key of the broker is not given as sha256//…") }
            return .pinned(hash)
        }
    }
}
