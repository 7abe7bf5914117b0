import Cryptography

/// What a record of `rtstate` says of one door.
package struct TerminalState: Equatable {
    /// The door's number at the terminal, from 1 on.
    package let door: Int
    /// `open` or `closed`; nil where no contact is wired.
    package let contact: String?
    /// Whether the lock's relay is on.
    package let relay: Bool
    /// Words for the bits that are set: `forced`, `tamper`, `duress`, `held`, `power`, `battery`, `reader`.
    package let alarms: [String]

    /// Doors that a record has room for: two bits each of the contacts.
    private static let doors = 1...8
    private static let alarmBits = ["forced", "tamper", "duress", "duress", "held", "power", "battery", "reader"]

    /// - Parameter fields: `sensor` and `relay` as one hexadecimal number each, the first door lowest; `alarm` a byte for
    ///   each door, the first door first.
    /// - Returns: the doors that the record speaks of.
    package static func doors(_ fields: [String: String]) -> [TerminalState] {
        guard let sensor = bytes(fields["sensor"]) else { return [] }
        let relay = bytes(fields["relay"]) ?? []
        let alarm = Hexadecimal.decode(fields["alarm"] ?? "") ?? []
        return doors.prefix(max(sensor.count * 4, alarm.count)).map { door in
            let place = door - 1
            let bits = place < alarm.count ? alarm[place] : 0
            var alarms: [String] = []
            for (bit, word) in alarmBits.enumerated() where bits >> bit & 1 == 1 && !alarms.contains(word) {
                alarms.append(word)
            }
            return TerminalState(
                door: door, contact: [1: "closed", 2: "open"][byte(place / 4, of: sensor) >> (place % 4 * 2) & 3],
                relay: byte(place / 8, of: relay) >> (place % 8) & 1 == 1, alarms: alarms)
        }
    }

    /// Of a number of 1 to 8 hexadecimal digits, the highest byte first; nil for anything else.
    private static func bytes(_ text: String?) -> [UInt8]? {
        guard let text, (1...8).contains(text.utf8.count) else { return nil }
        return Hexadecimal.decode(text.utf8.count.isMultiple(of: 2) ? text : "0" + text)
    }

    /// The byte of a place counted from the lowest; 0 beyond.
    private static func byte(_ place: Int, of number: [UInt8]) -> UInt8 {
        place < number.count ? number[number.count - 1 - place] : 0
    }
}
