import OperatingSystem
import Outbox

/// What a door says of its board, read once.
///
/// The names are those of `DriverDeclaration.uhppote` (Sources/Domains/Doors/Declarations/UHPPOTEDriver.swift).
struct BoardSettings: Equatable {
    static let port: UInt16 = 60000
    /// What one of the doors says decides for the board.
    let serial: UInt32
    let endpoint: SocketEndpoint
    let usesTCP: Bool
    /// Where the board sends its events; nil: it is asked for them alone.
    let listener: SocketEndpoint?
    let cardFormat: CardNumber.Format
    /// Of this door: 1 to 4.
    let door: UInt8
    /// Its contact is wired, so that what the board says of it means something.
    let hasContact: Bool
    /// The list of cards of its board is ours.
    let keepsCards: Bool

    /// Which board a door names, whatever else it says; nil for none.
    static func serial(of door: Door) -> UInt32? {
        CardNumber.whole(door.settings["serial"] ?? "").flatMap { $0 == 0 ? nil : $0 }
    }

    /// - Throws: what is wrong, in a few words.
    init(_ door: Door) throws(SettingsFault) {
        let settings = door.settings
        guard let serial = Self.serial(of: door) else {
            throw SettingsFault("serial number")
        }
        guard let endpoint = SocketEndpoint(settings["address"] ?? "", defaultPort: Self.port) else {
            throw SettingsFault("address")
        }
        guard let number = CardNumber.whole(settings["door"] ?? ""), (1...4).contains(number) else {
            throw SettingsFault("door")
        }
        self.serial = serial
        self.endpoint = endpoint
        self.door = UInt8(truncatingIfNeeded: number)
        usesTCP = settings["transport"] == "tcp"
        if let text = settings["listener"], !text.isEmpty {
            guard let listener = SocketEndpoint(text, defaultPort: 60001) else { throw SettingsFault("listener") }
            self.listener = listener
        } else {
            listener = nil
        }
        cardFormat = CardNumber.Format(rawValue: settings["card_format"] ?? "") ?? .wiegand26
        hasContact = settings["contact"] == "yes"
        keepsCards = settings["keeps_cards"] == "yes"
    }

    /// Whether both doors may belong to one board.
    func agrees(with other: BoardSettings) -> Bool {
        serial == other.serial && endpoint == other.endpoint && usesTCP == other.usesTCP
    }
}

/// What is wrong with the settings of a door.
struct SettingsFault: Error {
    let what: String
    init(_ what: String) { self.what = what }
}
