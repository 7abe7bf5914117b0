package import PostgreSQL
import Web

/// Ends the previous secret of a subscription before its day is over.
///
/// - SQL: `api.retire_webhook_secret` (sql/functions/webhooks/retire_webhook_secret.sql).
package struct RetireWebhookSecret: RowAction, StatementAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.retire_webhook_secret($1)", name: "retire_webhook_secret", parameters: [.integer(id)])
    }
}
