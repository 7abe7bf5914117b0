import JSON
import PostgreSQL
import Resource
import Web

/// `POST /api/access/codes/{id}/reveal/`: a permanent code in clear, for an administrator.
///
/// A POST, because it leaves an entry in the audit.
/// - SQL: `api.reveal_access_code` (sql/functions/access_control/reveal_access_code.sql).
struct RevealAccessCode: Handler {
    static let documentation = Documentation(
        Text("Show a permanent code in clear", es: "Mostrar un código permanente completo"),
        Text("It leaves an entry in the audit.", es: "Deja un registro en la auditoría."),
        answers: [.ok(.named("RevealedCode", .object(Property("id", .identifier), Property("code", .string))))])

    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        let statement = Statement(
            "select sealed, tag, key_version from api.reveal_access_code($1)", name: "reveal_access_code",
            parameters: [.integer(id)])
        let row = try context.run([statement])[0].single()
        let code = try context.keys.codes.open(
            try row.bytes(0), tag: try row.bytes(1), generation: Int(try row.integer(2)))
        return .json(["id": .integer(id), "code": .string(code)])
    }
}
