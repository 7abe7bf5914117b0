import OpenAPI
package import PostgreSQL
import Resource
package import Web

/// `POST /api/visitors/{id}/approve/`, `deny/`, `cancel/`: a step in the life of a visit, taken by hand.
///
/// `resident` in the body names the resident by whose word a guard decides. A visit that is refused or cancelled ends
/// its codes in the same transaction.
/// - SQL: `api.decide_visit` (sql/functions/visitors/decide_visit.sql).
package struct DecideVisit {
    private struct Body: RequestBody {
        let resident = BodyField.optionalReference(
            "resident",
            Text("The resident by whose word a guard decides.", es: "El residente por cuya palabra decide un guardia."))
    }

    private static let body = Body()

    private let id: Int64
    private let step: String
    private let resident: Int64?

    private init(_ request: Request, _ step: String) throws(HTTPError) {
        try self.init(try Form(request), of: try request.identifier(), step)
    }

    /// - Parameters:
    ///   - id: of the visit.
    ///   - step: `approve`, `deny` or `cancel`.
    package init(_ form: Form, of id: Int64, _ step: String) throws(HTTPError) {
        self.id = id
        self.step = step
        var fields = FieldReader(form)
        resident = fields.read(Self.body.resident)
        try fields.finish()
    }

    /// What does it, for an answer of one's own.
    package var statement: Statement {
        Statement(
            "select api.decide_visit($1, $2, $3)", name: "decide_visit",
            parameters: [.integer(id), .text(step), .optionalInteger(resident)])
    }

    private func respond(_ context: Context) throws -> Response {
        try visitors.answer(after: [statement], status: 200, context)
    }

    /// The row of the route table for one step.
    static func route(_ step: String, _ summary: Text, for access: Access) -> Route {
        let documentation = Documentation(
            summary, id: "\(step)Visit", body: body, answers: [.ok(visitors.rowSchema)])
        return Route(.post, "/api/visitors/{id}/\(step)/", for: access, named: "DecideVisit \(step)", documentation) {
            request throws(HTTPError) in try DecideVisit(request, step).respond
        }
    }
}
