import Web

extension DriverDeclaration {
    /// A relay of this machine.
    package static let command = DriverDeclaration(
        "command", Text("Program on this machine", es: "Programa en este equipo"), settings: [], tells: [.accepted],
        holds: false)
}
