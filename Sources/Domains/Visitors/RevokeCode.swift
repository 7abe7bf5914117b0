package import OpenAPI
package import PostgreSQL
import Resource
package import Web

/// `POST /api/codes/{id}/revoke/`: switches a visitor's code off for good.
///
/// - SQL: `api.revoke_code` (sql/functions/visitors/revoke_code.sql).
package struct RevokeCode: Endpoint {
    package static let documentation = Documentation(
        Text("Revoke a pass", es: "Cancelar un pase"), Text("For good.", es: "Para siempre."),
        answers: [.ok(temporaryCodes.rowSchema)])

    private let id: Int64

    package init(_ request: Request) throws(HTTPError) {
        self.init(try request.identifier())
    }

    package init(_ id: Int64) {
        self.id = id
    }

    /// What does it, for an answer of one's own.
    package var statement: Statement {
        Statement("select api.revoke_code($1)", name: "revoke_code", parameters: [.integer(id)])
    }

    package func respond(_ context: Context) throws -> Response {
        try temporaryCodes.answer(after: [statement], status: 200, context)
    }
}
