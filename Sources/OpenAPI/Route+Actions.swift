package import Web

/// An action whose input is the fields of a request's body, declared once for who reads them and for the document.
package protocol FormAction: Action {
    /// The fields.
    associatedtype Body: RequestBody

    /// How they are read and documented.
    static var body: Body { get }

    /// Takes its input; what is wrong with it the reader keeps.
    init(_ fields: inout FieldReader)
}

extension Route {
    /// The face of an action in the API: how it is read from a request, done and answered.
    ///
    /// - Parameter answering: does it; 204 unless something else is said.
    package static func action<Deed: Action>(
        _ path: String, by method: Method = .post, for access: Access, _ deed: Deed.Type, named name: String? = nil,
        _ documentation: Documentation, reading: @escaping @Sendable (Request) throws(HTTPError) -> Deed,
        answering: @escaping @Sendable (Deed, Context) throws -> Response = done
    ) -> Route {
        Route(method, path, for: access, named: name ?? "\(deed)", documentation) { request throws(HTTPError) in
            let deed = try reading(request)
            return { context in try answering(deed, context) }
        }
    }

    /// The face of an action on the row whose number stands in the path.
    package static func action<Deed: RowAction>(
        _ path: String, by method: Method = .post, for access: Access, _ deed: Deed.Type,
        _ documentation: Documentation,
        answering: @escaping @Sendable (Deed, Context) throws -> Response = done
    ) -> Route {
        action(
            path, by: method, for: access, deed, documentation,
            reading: { request throws(HTTPError) in Deed(try request.identifier()) }, answering: answering)
    }

    /// The face of an action that is read from the body.
    package static func action<Deed: FormAction>(
        _ path: String, for access: Access, _ deed: Deed.Type, _ documentation: Documentation,
        answering: @escaping @Sendable (Deed, Context) throws -> Response = done
    ) -> Route {
        action(
            path, for: access, deed, documentation.reading(Deed.body),
            reading: { request throws(HTTPError) in try Form(request).read { Deed(&$0) } }, answering: answering)
    }

    /// Does it and says no more than that.
    package static func done(_ deed: some Action, _ context: Context) throws -> Response {
        _ = try deed.perform(context)
        return .noContent
    }
}
