import Web

extension Access {
    /// Who may call, for people.
    var sentence: Text {
        switch self {
        case .anyone: Text("For anyone.", es: "Para cualquiera.")
        case .signedIn: Text("For every signed-in account.", es: "Para toda cuenta que inició sesión.")
        case .roles(let roles): Text("For \(Self.list(roles)).", es: "Para \(Self.list(roles)).")
        case .rolesAndDevices(let roles):
            Text(
                "For \(Self.list(roles)) and the gates' own devices.",
                es: "Para \(Self.list(roles)) y los dispositivos de los accesos.")
        }
    }

    private static func list(_ roles: Set<Role>) -> String {
        roles.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
