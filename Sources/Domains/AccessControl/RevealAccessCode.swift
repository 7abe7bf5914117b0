import Cryptography
import JSON
package import OpenAPI
import PostgreSQL
import Resource
package import Web

/// `POST /api/access/codes/{id}/reveal/`: a permanent code in clear, for an administrator.
///
/// A POST, because it leaves an entry in the audit.
/// - SQL: `api.reveal_access_code` (sql/functions/access_control/reveal_access_code.sql).
package struct RevealAccessCode: Endpoint {
    package static let documentation = Documentation(
        Text("Show a permanent code in clear", es: "Mostrar un código permanente completo"),
        Text("It leaves an entry in the audit.", es: "Deja un registro en la auditoría."),
        answers: [.ok(.named("RevealedCode", .object(Property("id", .identifier), Property("code", .string))))])

    private let id: Int64

    package init(_ request: Request) throws(HTTPError) {
        self.init(try request.identifier())
    }

    package init(_ id: Int64) {
        self.id = id
    }

    package func respond(_ context: Context) throws -> Response {
        .json(["id": .integer(id), "code": .string(try code(context))])
    }

    /// The code; that it was looked at is in the audit by then.
    package func code(_ context: Context) throws -> String {
        let statement = Statement(
            "select sealed, tag, key_version from api.reveal_access_code($1)", name: "reveal_access_code",
            parameters: [.integer(id)])
        let row = try context.run([statement])[0].single()
        return try context.keys.codes.open(
            try row.bytes(0), tag: try row.bytes(1), generation: Int(try row.integer(2)))
    }
}
