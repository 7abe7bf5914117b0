package import Web

/// The roles of the residence; the words stand in the token, in `garita.users.role` and in the legacy API's API.
extension Role {
    package static let administrator = Role(rawValue: "ADMIN")
    package static let securityGuard = Role(rawValue: "GUARD")
    package static let resident = Role(rawValue: "RESIDENT")
    /// What people call it.
    package var title: Text {
        switch self {
        case .administrator: Text("Administrator", es: "Administrador")
        case .securityGuard: Text("Security Guard", es: "Guardia")
        case .resident: Text("Resident", es: "Residente")
        default: Text(rawValue, es: rawValue)
        }
    }
    /// All of them, in the legacy API's order.
    package static let all = [administrator, securityGuard, resident]
}

/// Who may call a route, in the words of docs/rules.md §1.
extension Access {
    package static let administrators = Access.roles([.administrator])
    /// Who works at a gate: guards, and administrators standing in for them.
    package static let gatekeepers = Access.roles([.administrator, .securityGuard])
    /// Who lives here.
    package static let residents = Access.roles([.resident])
    /// Who may ask a gate: those, and the gate's own device.
    package static let gates = Access.rolesAndDevices([.administrator, .securityGuard])
    /// Every account, and gate devices: each reads its own gate.
    package static let everyAccountAndDevices = Access.rolesAndDevices(Set(Role.all))
    /// Who may see what concerns one household: administrators and its residents.
    package static let household = Access.roles([.administrator, .resident])
}
