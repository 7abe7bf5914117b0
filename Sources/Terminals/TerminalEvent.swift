import Cryptography
import Web

/// One record of what happened at a terminal, as `rtlog` and `ATTLOG` tell it.
package struct TerminalEvent {
    /// As garita.door_events has it.
    package let kind: String
    /// As the terminal numbers it; nil where the table has no numbers.
    package let number: Int64?
    /// The door's number at the terminal; 0 for the terminal itself.
    package let door: String
    /// Wall clock of the terminal, `2026-11-30 08:15:00`; nil when it wrote nonsense.
    package let time: String?
    /// `ENTRY` or `EXIT`; nil where the terminal does not say.
    package let direction: String?
    /// What was read or typed: a card, the content of a QR code, a number; nil for none.
    package let code: String?
    /// Tells it from others of the same second: a record that comes again has the same one.
    package let index: Int64
    /// Facts for people, without what was read.
    package let details: [(name: String, value: String)]

    /// Time and index: a terminal that was reset begins to count anew, but not in the same second.
    package var epoch: Int64 {
        WholeNumber.read((time ?? "").filter(\.isNumber), in: WholeNumber.identifiers) ?? 0
    }

    /// A record of `rtlog`, or of a question to the server; nil for a line that is none.
    package init?(record line: String) {
        let fields = TerminalText.fields(line, separator: "\t")
        let said = fields["event"].flatMap { WholeNumber.read($0, in: 0...99_999) }
        // A question to the server may leave the number out.
        guard let number = said ?? (fields["event"] == nil && fields["cardno"] != nil ? 0 : nil) else { return nil }
        self.number = number
        kind = Self.kind(of: number)
        door = fields["eventaddr"] ?? "0"
        time = TerminalClock.wallTime(fields["time"])
        direction = ["0": "ENTRY", "1": "EXIT"][fields["inoutstatus"] ?? ""]
        code = ["qrcode", "cardno", "pin"].lazy.compactMap { fields[$0] }.first { !$0.isEmpty && $0 != "0" }
        index = fields["index"].flatMap { WholeNumber.read($0, in: 1...Int64.max) } ?? Self.index(of: line)
        details =
            [("event", String(number))]
            + ["verifytype", "addrtype"].compactMap { name in fields[name].map { (name, $0) } }
    }

    /// A record of `ATTLOG`: user, time, status, way of verification; nil for a line that is none.
    package init?(attendance line: String) {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(TerminalText.plain)
        guard columns.count >= 3, let time = TerminalClock.wallTime(columns[1]) else { return nil }
        kind = "identified"
        number = nil
        door = "0"
        self.time = time
        direction = ["0": "ENTRY", "1": "EXIT"][columns[2]]
        code = columns[0].isEmpty ? nil : columns[0]
        index = Self.index(of: line)
        details = [("status", columns[2])]
    }

    /// Whether the terminal itself let somebody pass.
    package var isGrant: Bool { kind == "granted" && number != 222 }

    /// A number that only the same text has.
    static func index(of text: String) -> Int64 {
        Checksum.sha256Bytes(Array(text.utf8)).prefix(8).reduce(0) { $0 << 8 | (Int64(exactly: $1) ?? 0) } & Int64.max
    }

    /// What an event's number means: 0–19 and 200–253 normal, 20–99 refused, 100–199 alarm; from 4000 on the same three.
    package static func kind(of number: Int64) -> String {
        switch number {
        case 0...4, 14...19, 222: "granted"
        case 8: "remote_open"
        case 9: "remote_close"
        case 28: "held"
        case 20...99, 5000...5999: "denied"
        case 100: "tamper"
        case 101, 103: "duress"
        case 102: "forced"
        case 105: "offline"
        case 107: "power"
        case 104...199, 6000...6999: "alarm"
        case 200: "opened"
        case 201: "closed"
        case 202: "button"
        case 206: "reset"
        case 214: "online"
        case 224: "bell"
        default: "other"
        }
    }
}
