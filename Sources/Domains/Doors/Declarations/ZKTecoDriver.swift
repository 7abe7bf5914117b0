import Web

extension DriverDeclaration {
    /// A door of a terminal that calls us.
    package static let zkteco = DriverDeclaration(
        "zkteco", Text("ZKTeco terminal (push)", es: "Terminal ZKTeco (push)"), settings: [],
        tells: [.reached, .accepted, .relay, .contact, .events, .clock], holds: true)
}
