import JSON
package import Web

extension Route {
    /// An index: names and the absolute addresses behind them, for clients that find their way from page to page.
    package static func links(_ path: String, _ links: KeyValuePairs<String, String>) -> Route {
        let links = links.map { (name: $0.key, path: $0.value) }
        let documentation = Documentation(
            Text("Addresses from here on", es: "Direcciones a partir de aquí"),
            id: "links" + path.split(separator: "/").map(\.capitalizedWord).joined(),
            answers: [.ok(.object(links.map { Property($0.name, .format("uri")) }))])
        return Route(.get, path, for: .signedIn, named: "ListLinks", documentation) { _ throws(HTTPError) in
            { context in
                // Nothing of it is secret, but whoever asks is one of ours still.
                _ = try context.run([])
                let origin = context.request.origin
                return .json(.object(links.map { .init(name: $0.name, value: .string(origin + $0.path)) }))
            }
        }
    }
}
