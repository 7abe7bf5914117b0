import Web

extension DriverDeclaration {
    /// A door of an UHPPOTE board.
    package static let uhppote = DriverDeclaration(
        "uhppote", Text("UHPPOTE board", es: "Tarjeta controladora UHPPOTE"), settings: [],
        tells: [.reached, .accepted, .relay, .contact, .events, .clock], holds: true)
}
