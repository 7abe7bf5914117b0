package import PostgreSQL
import Web

/// A card, tag or PIN is gone; it opens nothing from now on.
///
/// - SQL: `api.report_lost` (sql/functions/access_control/report_lost.sql).
package struct ReportCardLost: RowAction, StatementAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.report_lost($1)", name: "report_lost", parameters: [.integer(id)])
    }
}
