/// How a board is.
package struct BoardStatus: Equatable, Sendable {
    /// The newest event; nil where there is none.
    package let event: BoardEvent?
    /// Doors 1 to 4, by their contacts.
    private let contacts: [Bool]
    /// One bit each: whether the relay is on, which unlocks.
    private let relays: UInt8
    /// Other than 0: the board says that something in it is broken.
    package let fault: UInt8
    /// Its clock; nil when it was never set.
    package let clock: BoardTime?

    package init(_ message: Message) {
        let newest = BoardEvent(message)
        event = newest.index == 0 ? nil : newest
        contacts = (28..<32).map { message.byte(at: $0) == 1 }
        relays = message.byte(at: 49)
        fault = message.byte(at: 36)
        clock = BoardTime([0x20] + message.part(51..<54) + message.part(37..<40))
    }

    /// Whether a door from 1 to 4 is open; says nothing where no contact is wired.
    package func isOpen(_ door: UInt8) -> Bool { contacts[Int(clamping: door) - 1] }

    /// Whether the lock of a door from 1 to 4 is released.
    package func isUnlocked(_ door: UInt8) -> Bool { relays >> (door - 1) & 1 == 1 }
}

/// Something that happened at a board.
package struct BoardEvent: Equatable, Sendable {
    /// What kind of event a swipe of a card is.
    package static let card: UInt8 = 1
    /// There was one, but its place was needed.
    package static let overwritten: UInt8 = 0xff

    /// Its number, from 1; 0 for none.
    package let index: UInt32
    /// 0 none, 1 card, 2 door, button, start or opening from afar, 3 alarm, 255 overwritten.
    package let kind: UInt8
    package let isGranted: Bool
    /// 1 to 4.
    package let door: UInt8
    /// Whether the reader for those who go out saw it.
    package let isExit: Bool
    /// Of a swipe, the card; of others a number without a meaning.
    package let number: UInt32
    /// By the board's clock.
    package let time: BoardTime?
    /// Why, as the board numbers its reasons.
    package let reason: UInt8
    /// What tells it from another event of the same number, without the card.
    package let mark: String

    package init(_ message: Message) {
        kind = message.byte(at: 12)
        index = message.integer(at: 8)
        isGranted = message.byte(at: 13) == 1
        door = message.byte(at: 14)
        isExit = message.byte(at: 15) == 2
        number = message.integer(at: 16)
        time = BoardTime(message.part(20..<27))
        reason = message.byte(at: 27)
        mark = "\(kind).\(reason).\(door).\(time.map { String($0.seconds) } ?? "")"
    }
}

/// How a door of a board is controlled.
package struct DoorControl: Equatable, Sendable {
    /// What a board may do with a lock.
    package enum Mode: UInt8, Sendable {
        case open = 1
        case shut = 2
        /// As cards, buttons and requests say.
        case controlled = 3
        /// Shut until a card with that right opens it for the day.
        case firstCard = 4

        /// As it is told.
        var word: String {
            switch self {
            case .open: "normally_open"
            case .shut: "normally_closed"
            case .controlled: "controlled"
            case .firstCard: "first_card"
            }
        }
    }

    /// 1 to 4.
    package let door: UInt8
    package let mode: Mode
    /// For how many seconds it is unlocked.
    package let delay: UInt8

    package init(door: UInt8, mode: Mode, delay: UInt8) {
        self.door = door
        self.mode = mode
        self.delay = delay
    }

    /// Nil for a message with another mode.
    package init?(_ message: Message) {
        guard let mode = Mode(rawValue: message.byte(at: 9)) else { return nil }
        self.init(door: message.byte(at: 8), mode: mode, delay: message.byte(at: 10))
    }
}

/// Where a board sends its events.
package struct EventListener: Equatable, Sendable {
    /// Four bytes of IPv4.
    package let address: [UInt8]
    package let port: UInt16
    /// How often it repeats the newest one; 0 for never.
    package let repeatSeconds: UInt8

    package init(address: [UInt8], port: UInt16) {
        self.address = address
        self.port = port
        repeatSeconds = 0
    }

    package init(_ message: Message) {
        address = message.part(8..<12)
        port = message.short(at: 12)
        repeatSeconds = message.byte(at: 14)
    }
}

/// A card on the list of a board, without PIN and without the right of the first card of a day.
package struct BoardCard: Equatable, Sendable {
    package let number: UInt32
    /// First and last day.
    package let from: BoardDate
    package let to: BoardDate
    /// Doors 1 to 4: 0 never, 1 always, else the number of a time profile.
    package let doors: [UInt8]
    /// What Garita never writes: a PIN or the right of the first card.
    package let hasMore: Bool

    package init(number: UInt32, from: BoardDate, to: BoardDate, doors: [UInt8]) {
        self.number = number
        self.from = from
        self.to = to
        self.doors = doors
        hasMore = false
    }

    /// Nil where there is no card: none of that number, a place without one.
    package init?(_ message: Message) {
        number = message.integer(at: 8)
        guard number != 0, number != Self.deleted else { return nil }
        from = BoardDate(message.part(12..<16)) ?? BoardDate(days: 0)
        to = BoardDate(message.part(16..<20)) ?? BoardDate(days: 0)
        doors = message.part(20..<24)
        hasMore = message.part(24..<28) != [0, 0, 0, 0]
    }

    /// What stands in place of a card that was taken off.
    package static let deleted: UInt32 = 0xffff_ffff
}

/// What a board says of itself.
package struct BoardDevice: Equatable, Sendable {
    /// Its serial number.
    package let serial: UInt32
    /// Its address, such as `192.168.1.100`.
    package let address: String
    /// The mask of its network, and the way out of it.
    package let mask: String
    package let gateway: String
    /// Such as `00:12:23:34:45:56`.
    package let hardwareAddress: String
    /// Such as `8.92 of 2018-11-05`.
    package let firmware: String

    package init(_ message: Message) {
        serial = message.serial
        address = Self.dotted(message.part(8..<12))
        mask = Self.dotted(message.part(12..<16))
        gateway = Self.dotted(message.part(16..<20))
        hardwareAddress = message.part(20..<26).map(Self.hexadecimal).joined(separator: ":")
        let (high, low) = (message.byte(at: 26), message.byte(at: 27))
        let day = BoardDate(message.part(28..<32)).map { " of \($0.text)" } ?? ""
        firmware = "\(String(high, radix: 16)).\(Self.hexadecimal(low))\(day)"
    }

    private static func dotted(_ bytes: [UInt8]) -> String { bytes.map { String($0) }.joined(separator: ".") }

    private static func hexadecimal(_ byte: UInt8) -> String {
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
}
