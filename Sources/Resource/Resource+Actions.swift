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

    /// `POST <path>`: a new row that needs more than an insert, answered as it now stands.
    package func creation<Deed: Action>(
        for access: Access, _ deed: Deed.Type, reading: @escaping @Sendable (Request) throws(HTTPError) -> Deed
    ) -> Route where Deed.Result == WrittenRow {
        .action(
            path, for: access, deed, named: "Create \(model)", documentation(of: "Create", .post), reading: reading
        ) { deed, context in
            try deed.perform(context).response(201, context)
        }.with(aboutList)
    }

    /// `GET <path>`, with the number of a row of another table in the path: those rows that the filter keeps.
    package func rows(of owner: Resource, by filter: String, for access: Access) -> Route {
        Route(.get, path, for: access, named: "List \(model)", documentation(of: "List", .get)) {
            request throws(HTTPError) in
            let id = try request.identifier()
            let list = try ListRows(self, request, by: filter, id)
            return { context in
                let role = try context.requireRole()
                guard try context.run([owner.rowStatement(.number(id), for: role)])[0].count == 1 else {
                    throw HTTPError.notFound(owner.model)
                }
                return try list.respond(context)
            }
        }.with(aboutList)
    }
}
