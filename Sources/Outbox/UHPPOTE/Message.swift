/// One message of the boards: 64 bytes, requests, answers and events alike.
///
/// Byte 0 is the start, byte 1 the function, bytes 4 to 7 the serial number of the board. Whole numbers have the low byte
/// first, days and times are decimal digits, two in a byte.
///
/// Source: the protocol as `uhppote-core` implements it (github.com/uhppoted/uhppote-core), with its published examples.
package struct Message: Equatable, Sendable {
    /// Bytes of every message.
    package static let size = 64
    private static let start: UInt8 = 0x17
    /// What firmware 6.62 begins its events with.
    private static let oldEventStart: UInt8 = 0x19

    /// All 64.
    package private(set) var bytes: [UInt8]

    /// A request of which only the fields have to be set.
    package init(_ function: Function, _ serial: UInt32) {
        bytes = [UInt8](repeating: 0, count: Self.size)
        bytes[0] = Self.start
        bytes[1] = function.rawValue
        set(serial, at: 4)
    }

    /// What came from the network; nil for what is no message.
    package init?(received: [UInt8]) {
        guard received.count == Self.size, let function = Function(rawValue: received[1]) else { return nil }
        guard received[0] == Self.start || received[0] == Self.oldEventStart && function == .status else { return nil }
        bytes = received
    }

    /// What it asks for, or answers.
    package var function: Function? { Function(rawValue: bytes[1]) }

    /// The board it is to, or from.
    package var serial: UInt32 { integer(at: 4) }

    /// What a board may be asked for.
    package enum Function: UInt8, Sendable {
        case status = 0x20
        case setTime = 0x30
        case openDoor = 0x40
        case putCard = 0x50
        case deleteCard = 0x52
        case countCards = 0x58
        case cardByNumber = 0x5a
        case cardByIndex = 0x5c
        case setDoorControl = 0x80
        case doorControl = 0x82
        case recordSpecialEvents = 0x8e
        case setListener = 0x90
        case listener = 0x92
        case device = 0x94
        case event = 0xb0
    }
}

extension Message {
    /// One byte.
    package func byte(at place: Int) -> UInt8 { bytes[place] }

    /// Four bytes, the low one first.
    package func integer(at place: Int) -> UInt32 {
        bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32(truncatingIfNeeded: $1) }
    }

    /// Two bytes, the low one first.
    package func short(at place: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: bytes[place]) | UInt16(truncatingIfNeeded: bytes[place + 1]) << 8
    }

    /// Whether a byte says yes; nil for one that says neither.
    package func flag(at place: Int) -> Bool? { bytes[place] == 1 ? true : bytes[place] == 0 ? false : nil }

    /// Some bytes as they are.
    package func part(_ range: Range<Int>) -> [UInt8] { Array(bytes[range]) }

    /// Writes one byte.
    package mutating func set(_ value: UInt8, at place: Int) { bytes[place] = value }

    /// Writes four bytes.
    package mutating func set(_ value: UInt32, at place: Int) {
        for index in 0..<4 {
            bytes[place + index] = UInt8(truncatingIfNeeded: value >> UInt32(truncatingIfNeeded: 8 * index))
        }
    }

    /// Writes two bytes.
    package mutating func set(_ value: UInt16, at place: Int) {
        bytes[place] = UInt8(truncatingIfNeeded: value)
        bytes[place + 1] = UInt8(truncatingIfNeeded: value >> 8)
    }

    /// Writes bytes as they are.
    package mutating func set(_ values: [UInt8], at place: Int) {
        for (index, value) in values.enumerated() { bytes[place + index] = value }
    }
}
