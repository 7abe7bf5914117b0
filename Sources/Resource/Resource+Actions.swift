package import OpenAPI
import PostgreSQL
package import Web

extension Resource {
    /// `POST <path>{id}/<verb>/`: does something to a row, and answers the row as it then stands.
    ///
    /// - Parameter documentation: without the answer, which is the row.
    package func action<Deed: StatementAction>(
        _ verb: String, for access: Access, _ deed: Deed.Type, named name: String? = nil,
        _ documentation: Documentation, reading: @escaping @Sendable (Request) throws(HTTPError) -> Deed
    ) -> Route {
        .action(
            "\(path){id}/\(verb)/", for: access, deed, named: name, documentation.answering(.ok(rowSchema)),
            reading: reading
        ) { deed, context in
            try write([deed.statement], context).response(200, context)
        }
    }

    /// The same for what needs only the row's number.
    package func action<Deed: StatementAction & RowAction>(
        _ verb: String, for access: Access, _ deed: Deed.Type, _ documentation: Documentation
    ) -> Route {
        action(verb, for: access, deed, documentation) { request throws(HTTPError) in
            Deed(try request.identifier())
        }
    }
}
