package import PostgreSQL
import Web

/// Somebody of the family no longer lives in the caller's own home.
///
/// - SQL: `api.end_household_member` (sql/functions/residents/end_household_member.sql).
package struct EndHouseholdMember: RowAction, StatementAction {
    private let id: Int64

    /// - Parameter id: of the resident who moves out.
    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.end_household_member($1)", name: "end_household_member", parameters: [.integer(id)])
    }
}
