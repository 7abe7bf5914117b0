/// One row of a route table: method, path, who, handler.
package struct Route: Sendable {
    /// `HEAD` is answered by the row of `GET`.
    package let method: Method
    /// Path with `{name}` for a segment that varies: `/api/tables/{id}/`.
    package let path: String
    /// Who may call it.
    package let access: Access
    /// The name of the handler, for the printed table and the log.
    package let name: String
    /// How HTTP treats it beside the usual.
    package private(set) var traits: Traits = []
    /// Parses the input, and gives what remains to be done.
    package let prepare: @Sendable (Request) throws(HTTPError) -> Answer
    private var notes: [ObjectIdentifier: any Sendable] = [:]

    /// What remains to be done once the input is parsed.
    package typealias Answer = (Context) throws -> Response

    /// How HTTP treats a route beside the usual.
    package struct Traits: OptionSet, Sendable {
        /// One bit for each.
        package let rawValue: Int

        /// As `OptionSet` wants it.
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// A request with an `Idempotency-Key` is answered once, and its repetitions get that answer again.
        package static let repeatable = Traits(rawValue: 1)
        /// Answers a file of one form, whatever the client says it accepts.
        package static let file = Traits(rawValue: 2)
        /// It has its answer as a file of comma-separated values, too.
        package static let exportable = Traits(rawValue: 4)
    }

    /// A row whose handler is made by a closure.
    package init(
        _ method: Method, _ path: String, for access: Access, named name: String,
        _ prepare: @escaping @Sendable (Request) throws(HTTPError) -> Answer
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.name = name
        self.prepare = prepare
    }

    /// A row for a handler.
    package init(_ method: Method, _ path: String, for access: Access, _ handler: any Handler.Type) {
        self.init(method, path, for: access, named: "\(handler)") { request throws(HTTPError) in
            try handler.init(request).respond
        }
    }

    /// The same row, treated so.
    package func with(_ traits: Traits) -> Route {
        var route = self
        route.traits.formUnion(traits)
        return route
    }

    /// What a room above knows of the row, by its type: the API's documentation, a place in a menu.
    package subscript<Note: Sendable>(_ type: Note.Type) -> Note? {
        get { notes[ObjectIdentifier(type)] as? Note }
        set { notes[ObjectIdentifier(type)] = newValue }
    }

    /// The same row with what a room above knows of it.
    package func with<Note: Sendable>(_ note: Note) -> Route {
        var route = self
        route[Note.self] = note
        return route
    }
}
