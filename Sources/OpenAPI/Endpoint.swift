package import Web

/// A handler of the API: it says itself what the API's document tells of it.
package protocol Endpoint: Handler {
    static var documentation: Documentation { get }
}

extension Route {
    /// What the API's document tells of it; nil for what is none of the API: pages, and what supervisors ask.
    package var documentation: Documentation? { self[Documentation.self] }

    /// What `OPTIONS` tells of it; nil for its path read as words.
    package var about: About? { self[About.self] }

    /// A row of the API whose handler is made by a closure: the declared tables' way.
    package init(
        _ method: Method, _ path: String, for access: Access, named name: String, _ documentation: Documentation,
        _ prepare: @escaping @Sendable (Request) throws(HTTPError) -> Answer
    ) {
        self.init(method, path, for: access, named: name, prepare)
        self[Documentation.self] = documentation
    }

    package static func get(_ path: String, for access: Access, _ handler: any Endpoint.Type) -> Route {
        Route(.get, path, for: access, handler).with(handler.documentation)
    }

    package static func post(_ path: String, for access: Access, _ handler: any Endpoint.Type) -> Route {
        Route(.post, path, for: access, handler).with(handler.documentation)
    }
}

extension FieldReader {
    /// The value of a declared field.
    package mutating func read<Value>(_ field: BodyField<Value>) -> Value { field.read(&self) }
}
