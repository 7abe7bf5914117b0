package import JSON

/// What a door is told.
package struct DoorCommand: Sendable, Equatable {
    package enum Kind: String, Sendable {
        /// Open for a while.
        case open
        /// Stay open.
        case hold
        /// Back to normal.
        case release
    }

    /// Number of its row in the outbox.
    package let id: Int64
    package let kind: Kind
    /// Not to be sent later, by `Time.monotonicMilliseconds`; nil for what stays true.
    package let freshUntil: Int64?

    package init(id: Int64, kind: Kind, freshUntil: Int64?) {
        self.id = id
        self.kind = kind
        self.freshUntil = freshUntil
    }
}

/// What became of a command that was sent.
package enum CommandState: String, Sendable {
    /// The device took it.
    case accepted
    /// The door was seen to obey.
    case confirmed
    /// It was not done.
    case failed
    /// Nobody knows.
    case unknown
}

/// Whether the leaf is open.
package enum Contact: String, Sendable {
    case open, closed
}

/// What a driver has learned of a door; nil is unchanged.
package struct DoorReport: Sendable {
    /// The device was heard of just now.
    package var reached: Bool?
    /// What it said, short and in English.
    package var answer: String?
    /// A word such as `offline`; empty when nothing is wrong any more.
    package var trouble: String?
    package var contact: Contact?
    /// Its clock minus ours.
    package var clockDriftSeconds: Int?
    /// Put beside what was known.
    package var details: [String: JSON]?

    package init(
        reached: Bool? = nil, answer: String? = nil, trouble: String? = nil, contact: Contact? = nil,
        clockDriftSeconds: Int? = nil, details: [String: JSON]? = nil
    ) {
        self.reached = reached
        self.answer = answer
        self.trouble = trouble
        self.contact = contact
        self.clockDriftSeconds = clockDriftSeconds
        self.details = details
    }
}

/// What happened at a door.
package struct DoorEvent: Sendable {
    package let door: Int64
    /// A word such as `forced`, `held`, `button`.
    package let kind: String
    /// ISO 8601 with an offset, by the device's clock; nil for now.
    package let happenedAt: String?
    /// The device that numbers its events; empty where none does.
    package let source: String
    /// How often its count began anew.
    package let epoch: Int64
    /// Its number there: an event is written once.
    package let index: Int64?
    package let details: [String: JSON]

    package init(
        door: Int64, kind: String, happenedAt: String? = nil, source: String = "", epoch: Int64 = 0,
        index: Int64? = nil,
        details: [String: JSON] = [:]
    ) {
        self.door = door
        self.kind = kind
        self.happenedAt = happenedAt
        self.source = source
        self.epoch = epoch
        self.index = index
        self.details = details
    }
}
