package import OpenAPI
package import PostgreSQL
import Resource
package import Web

/// `POST /api/access/codes/{id}/report_lost/`: a resident's tag is gone; it opens nothing from now on.
///
/// - SQL: `api.report_lost` (sql/functions/access_control/report_lost.sql).
package struct ReportLost: Endpoint {
    package static let documentation = Documentation(
        Text("Report a permanent code lost", es: "Reportar extraviado un código permanente"),
        Text("It opens nothing from now on.", es: "Desde ahora no abre nada."), answers: [.ok(accessCodes.rowSchema)])

    private let id: Int64

    package init(_ request: Request) throws(HTTPError) {
        self.init(try request.identifier())
    }

    package init(_ id: Int64) {
        self.id = id
    }

    /// What does it, for an answer of one's own.
    package var statement: Statement {
        Statement("select api.report_lost($1)", name: "report_lost", parameters: [.integer(id)])
    }

    package func respond(_ context: Context) throws -> Response {
        try accessCodes.answer(after: [statement], status: 200, context)
    }
}
