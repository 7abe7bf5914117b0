import OpenAPI
package import PostgreSQL
package import Web

/// A person opens a door by hand and says why.
///
/// - SQL: `api.open_door` (sql/functions/doors/open_door.sql).
package struct OpenDoor: StatementAction {
    private let id: Int64
    private let reason: String

    struct Body: RequestBody {
        let reason = BodyField.text(
            "reason", maximum: 200, Text("Why it is opened by hand.", es: "Por qué se abre a mano."),
            example: "Ambulancia")
    }

    static let body = Body()

    /// - Throws: 400 without a reason.
    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
        reason = try Form(request).read { $0.read(Self.body.reason) }
    }

    /// - Parameters:
    ///   - id: of the door.
    ///   - fields: tell why.
    package init(_ id: Int64, _ fields: inout FieldReader) {
        self.id = id
        reason = fields.read(Self.body.reason)
    }

    package var statement: Statement {
        Statement("select api.open_door($1, $2)", name: "open_door", parameters: [.integer(id), .text(reason)])
    }

    /// The number of the opening.
    package typealias Result = Int64

    /// - Returns: the number of the opening.
    package func result(of rows: Rows) throws -> Int64 { try rows.single().integer(0) }
}
