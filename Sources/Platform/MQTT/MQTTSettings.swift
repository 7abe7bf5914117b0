/// How a broker of MQTT is reached, and who comes.
package struct MQTTSettings: Sendable, Hashable {
    /// How the connection is protected.
    package enum Security: Sendable, Hashable {
        /// Not at all: for a broker of the same network.
        case none
        /// TLS 1.2 or later; the certificate is of an authority that the system trusts, and names the host.
        case system
        /// TLS, and the broker's public key has this SHA-256 (of its SubjectPublicKeyInfo), whoever certified it.
        case pinned([UInt8])
    }

    /// A name or an address.
    package var host: String
    /// Mostly 1883, with TLS 8883.
    package var port: Int32
    /// How the connection is protected.
    package var security: Security
    /// Empty for nobody in particular.
    package var user: String
    /// Of the user.
    package var password: String
    /// What the broker says, retained, when this client is gone without a word, and what the client says when it goes.
    package var will: Will

    /// Where it is told whether a client is there.
    package struct Will: Sendable, Hashable {
        /// Where.
        package var topic: String
        /// What.
        package var payload: String

        /// Pairs a topic with what is said there.
        package init(topic: String, payload: String) {
            self.topic = topic
            self.payload = payload
        }
    }

    /// Without a user, nobody in particular.
    package init(
        host: String, port: Int32, security: Security = .none, user: String = "", password: String = "", will: Will
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.password = password
        self.will = will
    }
}

/// What is published.
package struct MQTTMessage: Sendable {
    /// Where.
    package var topic: String
    /// What; empty and retained, it takes away what was kept.
    package var payload: [UInt8]
    /// Kept by the broker for whoever subscribes later.
    package var isRetained: Bool
    /// At least once (QoS 1), with what an answer needs; nil: at most once (QoS 0).
    package var delivery: Delivery?

    /// Of a message that is answered.
    package struct Delivery: Sendable {
        /// Seconds for which the broker may keep it for a subscriber that is away.
        package var expiry: UInt32
        /// Where it is answered.
        package var responseTopic: String
        /// What the answer brings back.
        package var correlation: [UInt8]

        /// All three.
        package init(expiry: UInt32, responseTopic: String, correlation: [UInt8]) {
            self.expiry = expiry
            self.responseTopic = responseTopic
            self.correlation = correlation
        }
    }

    /// By itself at most once, and not kept.
    package init(topic: String, payload: [UInt8], isRetained: Bool = false, delivery: Delivery? = nil) {
        self.topic = topic
        self.payload = payload
        self.isRetained = isRetained
        self.delivery = delivery
    }
}

/// What has arrived.
package struct MQTTArrival: Sendable {
    /// Where.
    package let topic: String
    /// What.
    package let payload: [UInt8]
    /// It was kept by the broker; where only new messages are heard, also: it was published to be kept.
    package let isRetained: Bool
    /// What an answer refers to.
    package let correlation: [UInt8]?
}

/// What is heard of a topic.
package struct MQTTSubscription: Sendable {
    /// Which kept messages one hears.
    package enum Kept: Sendable {
        /// None, so that no old message is taken for a new one.
        case never
        /// All, first.
        case always
    }

    /// A topic, or a filter with wildcards.
    package var topic: String
    /// Which kept messages.
    package var kept: Kept

    /// Pairs a topic with what is heard of it.
    package init(topic: String, kept: Kept) {
        self.topic = topic
        self.kept = kept
    }
}

/// What becomes of a connection.
package enum MQTTEvent: Sendable {
    /// The broker has taken the client in: subscribe and publish.
    case connected
    /// Something that was subscribed to.
    case message(MQTTArrival)
    /// The broker has a message of QoS 1; reason as MQTT 5.0 §3.4.2.1 has it: 0, 16 nobody subscribes, from 128 refused.
    case receipt(message: Int32, reason: Int32)
    /// There is no connection, in words: never a secret.
    case lost(String)
}
