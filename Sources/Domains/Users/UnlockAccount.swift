package import PostgreSQL
import Web

/// Forgets the failed log-ins and codes of an account; the result is how many they were.
///
/// - SQL: `api.unlock_account` (sql/functions/users/unlock_account.sql).
package struct UnlockAccount: RowAction, StatementAction {
    package typealias Result = Int64

    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.unlock_account($1)", name: "unlock_account", parameters: [.integer(id)])
    }

    package func result(of rows: Rows) throws -> Int64 { try rows.single().integer(0) }
}
