import Web

/// What a terminal is told to do with one lock, in the words of the protocol.
///
/// Door 0, which means all of them, is never told: each door has a row of its own.
package struct TerminalCommand {
    /// Of one terminal or panel.
    private static let doors: ClosedRange<Int64> = 1...8
    private let door: Int64
    private let duration: Int64

    /// - Parameters:
    ///   - kind: `open`, `hold` or `release`, as garita.outbox has it.
    ///   - door: 1 to 8.
    ///   - seconds: how long it stays open; only for `open`.
    /// - Returns: nil for what the protocol has no words for.
    package init?(_ kind: String, door: String, seconds: Int64) {
        guard let door = WholeNumber.read(door, in: Self.doors) else { return nil }
        self.door = door
        switch kind {
        case "open" where (1...254).contains(seconds): duration = seconds
        case "hold": duration = 255
        case "release": duration = 0
        default: return nil
        }
    }

    /// Output 1, the door, the lock, and for how long: pairs of hexadecimal digits.
    package var text: String { "CONTROL DEVICE 01\(pair(door))01\(pair(duration))" }

    private func pair(_ number: Int64) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return digits.utf8.count < 2 ? "0" + digits : digits
    }
}
