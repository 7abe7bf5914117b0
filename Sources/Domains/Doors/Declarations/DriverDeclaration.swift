package import Web

/// What a driver needs to be told of a door, and what it can know of one.
///
/// Forms, checks and documents are drawn from it; the drivers themselves stand below Sources/Outbox.
package struct DriverDeclaration: Sendable {
    /// As `garita.doors.driver` has it.
    package let name: String
    /// As people call it.
    package let label: Text
    /// What it must be told, in the order of the form.
    package let settings: [DoorSetting]
    /// Devices whose settings are known.
    package let presets: [DoorPreset]
    /// What it can know of a door; what is not named it cannot.
    package let tells: Set<DoorFact>
    /// Whether it can keep a door open until told otherwise.
    package let holds: Bool

    package init(
        _ name: String, _ label: Text, settings: [DoorSetting], presets: [DoorPreset] = [], tells: Set<DoorFact>,
        holds: Bool
    ) {
        self.name = name
        self.label = label
        self.settings = settings
        self.presets = presets
        self.tells = tells
        self.holds = holds
    }

    /// All drivers, in the order in which they are offered.
    package static let all: [DriverDeclaration] = [.http, .uhppote, .mqtt, .zkteco, .command]

    /// The driver of a name; nil for one that does not exist.
    package static func named(_ name: String) -> DriverDeclaration? { all.first { $0.name == name } }
}

/// What can be known of a door.
package enum DoorFact: String, Sendable, CaseIterable {
    /// Whether the device can be reached.
    case reached
    /// That it took an opening.
    case accepted
    /// That the relay or lock obeyed.
    case relay
    /// Whether the leaf is open, by a contact.
    case contact
    /// What happened while nobody listened.
    case events
    /// By how much its clock is wrong.
    case clock
}

/// A device whose settings are known.
package struct DoorPreset: Sendable {
    /// As it is stored in the setting `preset`.
    package let name: String
    /// The manufacturer's name for it.
    package let label: String
    /// What the form is filled with.
    package let settings: [String: String]

    package init(_ name: String, _ label: String, settings: [String: String]) {
        self.name = name
        self.label = label
        self.settings = settings
    }
}
