import ArgumentParser
import Web

/// `garita routes`: the route table.
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "routes", abstract: "Prints the route table.")

    func run() {
        for route in routeTable.sorted(by: { $0.path < $1.path }) {
            let method = route.method.rawValue
            let padding = String(repeating: " ", count: max(0, 7 - method.count))
            print("\(method)\(padding) \(route.path)  for \(route.access)  \(route.name)")
        }
    }
}
