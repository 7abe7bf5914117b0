import ArgumentParser
import Web

/// `garita routes`: the route table.
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "routes", abstract: "Prints the route table.")

    func run() {
        for route in routeTable.sorted(by: { $0.path < $1.path }) {
            let method = route.method.rawValue
            let padding = String(repeating: " ", count: max(0, 7 - method.count))
            print("\(method)\(padding) \(route.path)  for \(route.access.words)  \(route.name)")
        }
    }
}

extension Access {
    /// Who it admits, always in the same order.
    fileprivate var words: String {
        switch self {
        case .anyone: "anyone"
        case .signedIn: "signed-in"
        case .roles(let roles): Self.list(roles)
        case .rolesAndDevices(let roles): "\(Self.list(roles)),devices"
        }
    }

    private static func list(_ roles: Set<Role>) -> String { roles.map(\.rawValue).sorted().joined(separator: ",") }
}
