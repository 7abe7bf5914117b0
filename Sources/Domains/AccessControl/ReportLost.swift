import PostgreSQL
import Resource
import Web

/// `POST /api/access/codes/{id}/report_lost/`: a resident's tag is gone; it opens nothing from now on.
///
/// - SQL: `api.report_lost` (sql/functions/access_control/report_lost.sql).
struct ReportLost: Handler {
    static let documentation = Documentation(
        Text("Report a permanent code lost", es: "Reportar extraviado un código permanente"),
        Text("It opens nothing from now on.", es: "Desde ahora no abre nada."), answers: [.ok(accessCodes.rowSchema)])

    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        let report = Statement("select api.report_lost($1)", name: "report_lost", parameters: [.integer(id)])
        return try accessCodes.answer(after: [report], status: 200, context)
    }
}
