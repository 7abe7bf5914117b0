package import PostgreSQL
import Web

/// A new pass gets the card of the former pass of its visit.
///
/// - SQL: `api.keep_pass_card` (sql/functions/visitors/keep_pass_card.sql).
package struct KeepPassCard: RowAction, StatementAction {
    private let id: Int64

    /// - Parameter id: of the new pass.
    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.keep_pass_card($1)", name: "keep_pass_card", parameters: [.integer(id)])
    }
}
