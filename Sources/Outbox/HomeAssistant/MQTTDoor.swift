import JSON
import Outbox

/// A door behind a broker: what is known of it, and what it was told.
final class MQTTDoor {
    /// How many commands without an answer are remembered, to know a late one.
    private static let remembered = 32

    var door: Door
    var settings: MQTTDoorSettings
    private(set) var contact: Contact?
    /// By the relay; nil where it does not tell.
    private(set) var isUnlocked: Bool?
    /// Nil where the device does not tell.
    var isDeviceThere: Bool?
    /// The last command had no answer, of a device that gives one.
    var isAnswerMissing = false
    /// By their ids: those that wait for an answer, or for the door to obey.
    var commands: [String: SentCommand] = [:]
    /// Given up without an answer; the oldest first.
    private var unanswered: [(id: String, row: Int64)] = []
    /// As it was reported last; nil for not yet.
    var trouble: String?
    var asks = AskBucket()

    init(_ door: Door, _ settings: MQTTDoorSettings) {
        self.door = door
        self.settings = settings
    }

    /// Something that the device did not answer in time.
    func giveUp(_ sent: SentCommand) {
        commands[sent.id] = nil
        unanswered = unanswered.suffix(Self.remembered - 1) + [(sent.id, sent.command.id)]
    }

    /// - Returns: The row of the command that was given up; nil for others, and the second time.
    func takeUnanswered(_ id: String) -> Int64? {
        guard let place = unanswered.firstIndex(where: { $0.id == id }) else { return nil }
        return unanswered.remove(at: place).row
    }

    /// - Returns: Whether that is news.
    func note(_ contact: Contact) -> Bool {
        defer { self.contact = contact }
        return self.contact != contact
    }

    /// - Returns: Whether that is news.
    func note(isUnlocked: Bool) -> Bool {
        defer { self.isUnlocked = isUnlocked }
        return self.isUnlocked != isUnlocked
    }

    /// What Home Assistant shows.
    var state: JSON {
        DiscoveryDocument.state(
            contact: contact, isUnlocked: isUnlocked, hasTrouble: isDeviceThere == false || isAnswerMissing)
    }
}

/// A command that the broker was given.
struct SentCommand {
    let command: DoorCommand
    let id: String
    /// By when the broker must have it: what is still on its way then is thrown away with the connection.
    let receiptUntil: Int64
    /// By when the device must answer.
    let answerUntil: Int64
    var isReceived = false
    /// The device took it; now the door is watched until then.
    var obeysUntil: Int64?
}

/// How often an opening may be asked for: ten at once, and one more every six seconds.
struct AskBucket {
    private static let size: Int64 = 10
    private static let refill: Int64 = 6000
    /// When it would be full again.
    private var fullAt: Int64 = 0

    /// - Parameter now: by `Time.monotonicMilliseconds`.
    mutating func take(_ now: Int64) -> Bool {
        let next = max(fullAt, now) + Self.refill
        guard next - now <= Self.size * Self.refill else { return false }
        fullAt = next
        return true
    }
}
