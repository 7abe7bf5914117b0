import JSON

extension Route {
    /// An index: names and the absolute addresses behind them, for clients that find their way from page to page.
    package static func links(_ path: String, _ links: KeyValuePairs<String, String>) -> Route {
        let links = links.map { (name: $0.key, path: $0.value) }
        return Route(.get, path, for: .signedIn, named: "ListLinks") { _ throws(HTTPError) in
            { context in
                // Nothing of it is secret, but whoever asks is one of ours still.
                _ = try context.run([])
                let origin = context.request.origin
                return .json(.object(links.map { .init(name: $0.name, value: .string(origin + $0.path)) }))
            }
        }
    }
}
