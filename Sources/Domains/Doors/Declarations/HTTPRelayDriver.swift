import Web

extension DriverDeclaration {
    /// A device that opens when it is asked over HTTP.
    package static let http = DriverDeclaration(
        "http", Text("HTTP relay or intercom", es: "Relé o videoportero por HTTP"), settings: [],
        tells: [.reached, .accepted, .relay, .contact], holds: true)
}
