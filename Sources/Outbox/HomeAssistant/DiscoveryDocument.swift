package import JSON
package import Outbox

/// What Home Assistant is told of a door: one device with all that it shows.
///
/// Source: home-assistant.io, "MQTT": device discovery payload; keys of button, lock, cover, binary_sensor and event.
package enum DiscoveryDocument {
    /// The words in which Home Assistant is told what happens.
    package static let eventTypes = [
        "sent", "accepted", "confirmed", "failed", "unknown", "late_answer", "opened", "closed", "asked", "ask_refused",
    ]

    /// Seconds for which an ask may wait at the broker.
    private static let askExpiry: Int64 = 5

    /// The retained document.
    package static func make(_ door: Door, _ settings: MQTTDoorSettings) -> JSON {
        let topics = settings.topics
        return .object([
            .init(
                name: "device",
                value: .of([
                    ("identifiers", .array([.string(topics.object)])), ("name", .string(door.name)),
                    ("manufacturer", .string("Garita")), ("model", .string("Door")),
                    ("suggested_area", .string(door.accessPointName)),
                ])),
            .init(name: "origin", value: .of([("name", .string("Garita"))])),
            .init(name: "availability_topic", value: .string(topics.availability)),
            .init(name: "qos", value: .integer(1)),
            .init(
                name: "components",
                value: .of([
                    ("door", entity(settings)), ("contact", sensor("contact", settings, "door")),
                    ("problem", sensor("problem", settings, "problem", isDiagnostic: true)),
                    (
                        "event",
                        .of([
                            ("platform", .string("event")), ("unique_id", .string(topics.object + "_event")),
                            ("name", .string("Event")), ("state_topic", .string(topics.event)),
                            ("event_types", .array(eventTypes.map { .string($0) })),
                        ])
                    ),
                ])),
        ])
    }

    /// What one presses.
    ///
    /// Where nobody may ask, there is nothing to press: a component of its platform alone is taken away.
    private static func entity(_ settings: MQTTDoorSettings) -> JSON {
        let platform = settings.entity.rawValue
        guard settings.allowsAsks else { return .of([("platform", .string(platform))]) }
        let topics = settings.topics
        let common: [(String, JSON)] = [
            ("platform", .string(platform)), ("unique_id", .string(topics.object + "_door")), ("name", .null),
            ("command_topic", .string(topics.ask)), ("retain", .bool(false)), ("qos", .integer(1)),
            ("message_expiry_interval", .integer(askExpiry)),
        ]
        // With the moment of the press, and a name for it: Home Assistant keeps what it could not send.
        let template = """
            {"action": "{{ value }}", "id": "{{ now().timestamp() }}", "at": {{ now().timestamp() | int }}}
            """
        switch settings.entity {
        case .button:
            return .of(common + [("payload_press", .string("PRESS")), ("command_template", .string(template))])
        case .lock:
            return .of(
                common + [
                    ("payload_unlock", .string("UNLOCK")), ("payload_lock", .string("LOCK")),
                    ("command_template", .string(template)), ("state_topic", .string(topics.state)),
                    ("value_template", .string("{{ value_json.lock }}")),
                ])
        case .cover:
            // A cover has no template for what it sends; a gate closes by itself.
            return .of(
                common + [
                    ("device_class", .string("gate")), ("payload_open", .string("OPEN")), ("payload_close", .null),
                    ("payload_stop", .null), ("state_topic", .string(topics.state)),
                    ("value_template", .string("{{ value_json.contact }}")),
                ])
        }
    }

    private static func sensor(
        _ name: String, _ settings: MQTTDoorSettings, _ deviceClass: String, isDiagnostic: Bool = false
    ) -> JSON {
        .of(
            [
                ("platform", .string("binary_sensor")), ("unique_id", .string("\(settings.topics.object)_\(name)")),
                ("device_class", .string(deviceClass)), ("state_topic", .string(settings.topics.state)),
                ("value_template", .string("{{ value_json.\(name) }}")),
                ("payload_on", .string(name == "contact" ? "open" : "ON")),
                ("payload_off", .string(name == "contact" ? "closed" : "OFF")),
            ] + (isDiagnostic ? [("entity_category", .string("diagnostic"))] : []))
    }

    /// What the entities read; `None` is how Home Assistant is told that nobody knows.
    package static func state(contact: Contact?, isUnlocked: Bool?, hasTrouble: Bool) -> JSON {
        .of([
            ("contact", .string(contact?.rawValue ?? "None")),
            ("lock", .string(isUnlocked.map { $0 ? "UNLOCKED" : "LOCKED" } ?? "None")),
            ("problem", .string(hasTrouble ? "ON" : "OFF")),
        ])
    }

    /// What happens; the rest are attributes.
    package static func event(_ type: String, _ facts: [(String, JSON)]) -> JSON {
        .of([("event_type", .string(type))] + facts)
    }
}

extension JSON {
    /// An object.
    static func of(_ members: [(String, JSON)]) -> JSON {
        .object(members.map { Member(name: $0.0, value: $0.1) })
    }
}
