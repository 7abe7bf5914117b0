package import PostgreSQL
import Web

/// Takes the second factor of an account away, for who has lost it, and ends its sessions; the result is whether there
/// was one.
///
/// The database refuses one's own (403), which needs password and code.
/// - SQL: `api.reset_second_factor` (sql/functions/users/reset_second_factor.sql).
package struct ResetSecondFactor: RowAction, StatementAction {
    package typealias Result = Bool

    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.reset_second_factor($1)", name: "reset_second_factor", parameters: [.integer(id)])
    }

    package func result(of rows: Rows) throws -> Bool { try rows.single().bool(0) }
}
