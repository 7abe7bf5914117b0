package import Web

/// Which way somebody wants to pass a gate.
package enum Direction: String, Sendable, CaseIterable {
    case entry = "ENTRY"
    case exit = "EXIT"

    /// What people call it.
    package var label: Text {
        switch self {
        case .entry: Text("Entry", es: "Entrada")
        case .exit: Text("Exit", es: "Salida")
        }
    }
}
