package import Resource
package import Web

/// A new subscription, with the secret that its messages are signed with, shown this once.
///
/// - SQL: `api.rotate_webhook` (sql/functions/webhooks/rotate_webhook.sql).
package struct CreateWebhook: Action {
    private let row: CreateRow

    package init(_ form: Form) { row = CreateRow(webhooks, form) }

    /// - Throws: 400 with every faulty field; 503 where there is no key to seal the secret with.
    package func perform(_ context: Context) throws -> WrittenRow {
        try context.transaction { context in
            try RotateWebhookSecret(row.perform(context).id).perform(context)
        }
    }
}
