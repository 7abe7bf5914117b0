import JSON
import OpenAPI
import PostgreSQL
package import Web

/// Has messages delivered once more, under their numbers and with their bodies as they were.
///
/// - SQL: `api.replay_webhook` (sql/functions/webhooks/replay_webhook.sql).
package struct ReplayWebhook: Action {
    struct Body: RequestBody {
        let message = BodyField.optionalReference(
            "message", Text("One message; without it those of a time.", es: "Un mensaje; sin él, los de un periodo."))
        let from = BodyField.optionalMoment(
            "from", Text("Written at this time or later.", es: "Escritos desde esta fecha y hora."))
        let until = BodyField.optionalMoment(
            "until", Text("Written before this time.", es: "Escritos antes de esta fecha y hora."))
        let which = BodyField.choice(
            "which", ["failed", "all"], called: "ReplayWhich", default: "failed",
            Text(
                "Only messages that failed, or delivered ones as well; of one message it says nothing.",
                es: "Solo los fallidos, o también los entregados; de un solo mensaje no dice nada."))
    }

    static let body = Body()
    /// As the API's document tells the answer.
    static let answer = Schema.named(
        "Replay",
        .object(
            Property(
                "replayed", .integer(0...Int64.max),
                Text("How many messages wait once more.", es: "Cuántos mensajes vuelven a esperar."))))

    private let webhook: Int64
    private let message: Int64?
    private let from: String?
    private let until: String?
    private let isAll: Bool

    /// One message of a subscription.
    package init(_ webhook: Int64, message: Int64) {
        self.init(webhook, message, nil, nil, true)
    }

    /// - Throws: 400 with every faulty field.
    package init(_ webhook: Int64, _ form: Form) throws(HTTPError) {
        self = try form.read { fields in
            let (message, which) = (fields.read(Self.body.message), fields.read(Self.body.which))
            let (from, until) = (fields.read(Self.body.from), fields.read(Self.body.until))
            return Self(webhook, message, from, until, message != nil || which == "all")
        }
    }

    private init(_ webhook: Int64, _ message: Int64?, _ from: String?, _ until: String?, _ isAll: Bool) {
        self.webhook = webhook
        self.message = message
        self.from = from
        self.until = until
        self.isAll = isAll
    }

    /// - Returns: how many messages wait once more.
    package func perform(_ context: Context) throws -> Int64 {
        let statement = Statement(
            "select api.replay_webhook($1, $2, $3::timestamptz, $4::timestamptz, $5)", name: "replay_webhook",
            parameters: [
                .integer(webhook), .optionalInteger(message), .optionalText(from), .optionalText(until), .bool(!isAll),
            ])
        return try context.run([statement])[0].single().integer(0)
    }
}
