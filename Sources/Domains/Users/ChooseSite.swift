package import PostgreSQL
import Web

/// From the next request on, the caller's session works in that site; others than a superuser have one only.
///
/// - SQL: `api.choose_site` (sql/functions/users/choose_site.sql).
package struct ChooseSite: RowAction, StatementAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.choose_site($1)", name: "choose_site", parameters: [.integer(id)])
    }
}
