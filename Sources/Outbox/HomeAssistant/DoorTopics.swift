package import MQTT

/// Where what of a door is said.
///
/// The device, Garita and Home Assistant each have topics of their own, so that an access list
/// of the broker can keep everybody to theirs.
package struct DoorTopics: Sendable, Equatable {
    /// All topics of the door begin with it.
    package let base: String
    /// Where Home Assistant looks for what it is to show.
    package let discovery: String

    /// - Returns: Nil for topics that nobody may publish to (MQTT 5.0 §4.7.1), or that are the broker's own.
    package init?(base: String, discovery: String) {
        func isGood(_ topic: String) -> Bool {
            1...120 ~= topic.utf8.count && !topic.hasPrefix("$") && !topic.hasPrefix("/") && !topic.hasSuffix("/")
                && !topic.unicodeScalars.contains { "+#\u{0}".unicodeScalars.contains($0) || $0.value < 0x20 }
        }
        guard isGood(base), isGood(discovery) else { return nil }
        self.base = base
        self.discovery = discovery
    }

    /// Garita to the device: a command, never retained.
    package var command: String { base + "/command" }
    /// The device to Garita: it took a command, or not.
    package var answer: String { base + "/answer" }
    /// The device: `open` or `closed`.
    package var contact: String { base + "/contact" }
    /// The device: `ON` while it keeps the door unlocked, else `OFF`.
    package var relay: String { base + "/relay" }
    /// The device and its will: `online`, `offline`.
    package var device: String { base + "/device" }

    /// Home Assistant to Garita: please open.
    package var ask: String { base + "/ask" }
    /// Garita to Home Assistant: contact, lock, trouble.
    package var state: String { base + "/state" }
    /// Garita to Home Assistant: what happens, as it happens.
    package var event: String { base + "/event" }
    /// Whether Garita is there, for all doors that begin with the same word: a client has one will.
    package var availability: String { base.prefix { $0 != "/" } + "/availability" }

    /// The device in Home Assistant; of letters, digits, `-` and `_` alone.
    package var object: String {
        String(
            base.unicodeScalars.map { scalar -> Character in
                let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                return isPlain || scalar == "-" ? Character(scalar) : "_"
            })
    }
    /// The document of the whole device, retained.
    package var document: String { "\(discovery)/device/\(object)/config" }
    /// Where Home Assistant says that it is there.
    package var birth: String { discovery + "/status" }

    /// What is listened to.
    ///
    /// No old message on the first two: it would be an old ask, or an old answer.
    package var subscriptions: [MQTTSubscription] {
        [ask, answer].map { MQTTSubscription(topic: $0, kept: .never) }
            + [contact, relay, device].map { MQTTSubscription(topic: $0, kept: .always) }
    }
}
