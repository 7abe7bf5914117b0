package import PostgreSQL
import Web

/// Ends a visitor's pass for good.
///
/// - SQL: `api.revoke_code` (sql/functions/visitors/revoke_code.sql).
package struct RevokePass: RowAction, StatementAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.revoke_code($1)", name: "revoke_code", parameters: [.integer(id)])
    }
}
