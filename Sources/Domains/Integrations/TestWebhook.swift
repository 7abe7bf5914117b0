package import PostgreSQL
import Web

/// Has a message sent that means nothing; what came of it stands among the deliveries.
///
/// - SQL: `api.test_webhook` (sql/functions/webhooks/test_webhook.sql).
package struct TestWebhook: RowAction, StatementAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.test_webhook($1)", name: "test_webhook", parameters: [.integer(id)])
    }
}
