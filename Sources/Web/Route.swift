/// One row of a route table: method, path, who, handler.
package struct Route: Sendable {
    package let method: Method
    /// Path with `{name}` for a segment that varies: `/api/visitors/{id}/`.
    package let path: String
    /// Who may call it.
    package let access: Access
    /// The name of the handler, for the printed table and the log.
    package let name: String
    /// What the API's document tells of it.
    package let documentation: Documentation
    /// What `OPTIONS` tells of it; nil for its path read as words.
    package private(set) var about: About?
    /// A request with an `Idempotency-Key` is answered once, and its repetitions get that answer again.
    package private(set) var isRepeatable = false
    /// Answers a file of one form, whatever the client says it accepts.
    package private(set) var isFile = false
    /// Whether it answers a person with a page.
    package internal(set) var isPage = false
    /// What the header of all pages calls it; nil for most.
    var navigationLabel: Text?
    /// It has its answer as a file of comma-separated values, too.
    package private(set) var isExportable = false
    package let prepare: @Sendable (Request) throws(HTTPError) -> Answer

    /// What remains to be done once the input is parsed.
    package typealias Answer = (Context) throws -> Response

    /// A row whose handler is made by a closure: the declared tables' way.
    package init(
        _ method: Method, _ path: String, for access: Access, named name: String, _ documentation: Documentation,
        _ prepare: @escaping @Sendable (Request) throws(HTTPError) -> Answer
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.name = name
        self.documentation = documentation
        self.prepare = prepare
    }

    private init(_ method: Method, _ path: String, _ access: Access, _ handler: any Handler.Type) {
        self.init(method, path, for: access, named: "\(handler)", handler.documentation) { request throws(HTTPError) in
            try handler.init(request).respond
        }
    }

    /// The same row, described.
    package func about(_ about: About) -> Route {
        var route = self
        route.about = about
        return route
    }

    /// The same row, for a file that has one form only.
    package func file() -> Route {
        var route = self
        route.isFile = true
        return route
    }

    /// The same row, for requests that clients may repeat under one `Idempotency-Key`.
    package func repeatable() -> Route {
        var route = self
        route.isRepeatable = true
        return route
    }

    /// The same row, for a list that is also handed out as a file.
    package func exportable() -> Route {
        var route = self
        route.isExportable = true
        return route
    }

    package static func get(_ path: String, for access: Access, _ handler: any Handler.Type) -> Route {
        Route(.get, path, access, handler)
    }

    package static func post(_ path: String, for access: Access, _ handler: any Handler.Type) -> Route {
        Route(.post, path, access, handler)
    }
}
