import PostgreSQL
import Resource
import Web

/// `POST /api/codes/{id}/revoke/`: switches a visitor's code off for good.
///
/// - SQL: `api.revoke_code` (sql/functions/visitors/revoke_code.sql).
struct RevokeCode: Handler {
    static let documentation = Documentation(
        Text("Revoke a pass", es: "Cancelar un pase"), Text("For good.", es: "Para siempre."),
        answers: [.ok(temporaryCodes.rowSchema)])

    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        let revoke = Statement("select api.revoke_code($1)", name: "revoke_code", parameters: [.integer(id)])
        return try temporaryCodes.answer(after: [revoke], status: 200, context)
    }
}
