package import JSON
package import Outbox

/// What the device is told, and how it answers.
package struct CommandDocument: Sendable, Equatable {
    /// Never used twice: a device that has seen it does nothing.
    package let id: String
    package let kind: DoorCommand.Kind
    /// Seconds since 1970 by our clock; later the device does nothing.
    package let notAfter: Int64
    /// For how long it is to keep the door open; 0 where that is not said.
    package let seconds: Int
    /// Seconds for which the broker may keep it.
    package let expiry: UInt32

    /// Milliseconds for which any command may be on its way at most; what stays true is sent again.
    private static let steady: Int64 = 10_000

    /// - Parameters:
    ///   - now: by `Time.monotonicMilliseconds`.
    ///   - wall: milliseconds since 1970.
    /// - Returns: Nil when less than a second is left, which MQTT cannot express.
    package init?(_ kind: DoorCommand.Kind, id: String, freshUntil: Int64?, seconds: Int, now: Int64, wall: Int64) {
        let left = min(freshUntil.map { $0 - now } ?? Self.steady, Self.steady)
        guard left >= 1000 else { return nil }
        self.id = id
        self.kind = kind
        notAfter = (wall + left) / 1000
        self.seconds = kind == .open ? seconds : 0
        expiry = UInt32(clamping: left / 1000)
    }

    package var json: JSON {
        .of([
            ("id", .string(id)), ("not_after", .integer(notAfter)), ("action", .string(kind.rawValue)),
            ("seconds", .integer(Int64(clamping: seconds))),
        ])
    }
}

/// What a device says of a command: `{"id", "ok", "reason"}`.
package struct Acknowledgement: Sendable, Equatable {
    package let id: String
    package let isTaken: Bool
    /// Why not, in the device's words: short, and without what a journal cannot show.
    package let reason: String

    /// - Parameter correlation: the data that the command came with, if the device has sent it back.
    /// - Returns: Nil for what is no answer, or not to one command.
    package init?(_ payload: [UInt8], correlation: [UInt8]?) {
        let said = try? JSON(parsing: payload, maximumBytes: 2048, maximumDepth: 4)
        guard payload.isEmpty || said?.members != nil else { return nil }
        let ids = [said?["id"]?.stringValue, correlation.map { String(decoding: $0, as: UTF8.self) }].compactMap { $0 }
        guard let id = ids.first, ids.allSatisfy({ $0 == id }), id.utf8.count <= 64 else { return nil }
        self.id = id
        isTaken = said?["ok"]?.boolValue ?? (said?["ok"] == nil)
        reason = String(
            (said?["reason"]?.stringValue ?? "").unicodeScalars.filter { $0.value >= 0x20 }.prefix(80).map(
                Character.init))
    }
}
