import OpenAPI
package import PostgreSQL
package import Web

/// A step in the life of a visit, taken by hand; a visit that is refused or cancelled ends its passes in the same
/// transaction.
///
/// - SQL: `api.decide_visit` (sql/functions/visitors/decide_visit.sql).
package struct DecideVisit: StatementAction {
    /// As `api.decide_visit` and the addresses call it.
    package enum Step: String, Sendable {
        case approve, deny, cancel
    }

    struct Body: RequestBody {
        let resident = BodyField.optionalReference(
            "resident",
            Text("The resident by whose word a guard decides.", es: "El residente por cuya palabra decide un guardia."))
    }

    static let body = Body()

    private let id: Int64
    private let step: Step
    private let resident: Int64?

    /// - Parameters:
    ///   - id: of the visit.
    ///   - fields: tell the resident by whose word, if there is one.
    package init(_ step: Step, of id: Int64, _ fields: inout FieldReader) {
        self.id = id
        self.step = step
        resident = fields.read(Self.body.resident)
    }

    package var statement: Statement {
        Statement(
            "select api.decide_visit($1, $2, $3)", name: "decide_visit",
            parameters: [.integer(id), .text(step.rawValue), .optionalInteger(resident)])
    }
}
