package import PostgreSQL
import Web

/// Ends every session of an account: one's own, or an administrator those of any; the result is how many they were.
///
/// - SQL: `api.end_user_sessions` (sql/functions/users/end_user_sessions.sql).
package struct EndSessions: RowAction, StatementAction {
    package typealias Result = Int64

    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.end_user_sessions($1)", name: "end_user_sessions", parameters: [.integer(id)])
    }

    package func result(of rows: Rows) throws -> Int64 { try rows.single().integer(0) }
}
