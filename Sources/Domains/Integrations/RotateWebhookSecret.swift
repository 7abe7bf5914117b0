import Cryptography
import JSON
import PostgreSQL
package import Resource
package import Web

/// Draws a new secret for a subscription, shown this once; for a day messages are signed with the one before as well.
///
/// - SQL: `api.rotate_webhook` (sql/functions/webhooks/rotate_webhook.sql).
package struct RotateWebhookSecret: RowAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    /// - Throws: 404; 503 where there is no key to seal the secret with.
    package func perform(_ context: Context) throws -> WrittenRow {
        let (secret, ring) = (WebhookSecret.random(), context.keys.outbox)
        guard ring.generation > 0 else { throw HTTPError(503, .noKey) }
        let rotate = Statement(
            "select api.rotate_webhook($1, $2, $3::integer)", name: "rotate_webhook",
            parameters: [
                .integer(id), .bytes(try secret.sealed(for: id, with: ring)), .integer(Int64(ring.generation)),
            ])
        return try webhooks.write(
            [rotate], context, showing: [.init(name: "secret", value: .string(secret.exposedText))])
    }
}

extension WrittenRow {
    /// The secret of a subscription, where it was just drawn.
    package var webhookSecret: String { shown.first { $0.name == "secret" }?.value.stringValue ?? "" }
}

extension Text {
    fileprivate static let noKey = Text(
        "The key that seals secrets is missing: whoever runs the server makes it with `garita keys init`.",
        es: "Falta la clave que sella los secretos: quien opera el servidor la genera con `garita keys init`.")
}
