/// What the reasons of a board are called here.
package enum EventWords {
    /// The kind of event as doors have it.
    package static func kind(of event: BoardEvent) -> String {
        if event.kind == BoardEvent.card { return event.isGranted ? "granted" : "denied" }
        return kinds[event.reason] ?? "other"
    }

    /// What the board says happened, in short; empty for what is not known.
    static func reason(_ number: UInt8) -> String { words[number] ?? "" }

    /// The door was released because somebody asked from afar.
    static let remoteOpen: UInt8 = 44
    static let doorOpened: UInt8 = 23
    static let doorClosed: UInt8 = 24

    private static let kinds: [UInt8: String] = [
        20: "button", 23: "opened", 24: "closed", 25: "granted", 28: "restarted", 29: "reset", 30: "button_refused",
        31: "button_refused", 32: "button_refused", 33: "button_refused", 34: "duress", 37: "held", 38: "forced",
        39: "fire", 40: "forced_closed", 41: "tamper", 42: "tamper", 43: "emergency_call", 44: "remote_open",
        45: "remote_open",
    ]

    /// Source: `uhppote-core`, and the manual of the boards.
    private static let words: [UInt8: String] = [
        1: "swipe", 5: "denied by a computer", 6: "no right", 7: "wrong password", 8: "anti-passback",
        9: "more cards needed", 10: "first card needed", 11: "door kept shut", 12: "interlock", 13: "limited times",
        15: "outside of the hours", 18: "denied", 20: "button", 23: "door opened", 24: "door closed",
        25: "supervisor password", 28: "power on", 29: "reset", 30: "button switched off",
        31: "button, door forced shut",
        32: "button, board not ready", 33: "button, interlock", 34: "threat", 37: "open too long", 38: "forced open",
        39: "fire alarm", 40: "forced shut", 41: "theft alarm", 42: "24-hour zone", 43: "emergency call",
        44: "opened from afar", 45: "opened by a USB reader",
    ]
}
