package import PostgreSQL
import Web

/// Ends one session, one's own or one of the site; its tokens are void at the next request.
///
/// - SQL: `api.end_session` (sql/functions/users/end_session.sql).
package struct EndSession: RowAction, StatementAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.end_session($1)", name: "end_session", parameters: [.integer(id)])
    }
}
