package import Cryptography
import HTTPClient
package import OperatingSystem
package import Outbox
import PostgreSQL

/// Delivers messages to other systems, as Standard Webhooks 1.0.0 has it.
///
/// A message is taken from the database for a minute, sent, and reported. Whoever dies in between loses nothing: the claim
/// ends, and the message is sent again under the same number. When something is tried again the database decides.
package final class Webhooks: Participant {
    /// Requests under way at once; of a single subscription the database gives out four.
    private static let most = 32
    /// What is due is looked for again after so long, in milliseconds, when somebody else has it or its receiver is busy.
    private static let pause: Int64 = 1_000
    /// While the database is away.
    private static let retry: Int64 = 500

    private unowned let host: any OutboxHost
    private let keys: KeyRing
    /// Whatever an administrator names in the public internet, and the networks that the operator has named.
    private let secure: HTTPClient
    /// Without TLS only those networks.
    private let plain: HTTPClient
    private var underWay = 0
    private var reports: [DeliveryReport] = []
    private var hasWork = false
    private var dueAt: Int64?
    private var retryAt: Int64?
    private var isEnding = false

    /// - Parameter keys: that open the secrets of subscriptions.
    package init(_ host: any OutboxHost, keys: KeyRing) {
        self.host = host
        self.keys = keys
        let named = host.webhookNetworks.compactMap(IPNetwork.init)
        secure = HTTPClient(
            under: NetworkRules(publicInternetAnd: named), connectMilliseconds: 5_000, totalMilliseconds: 15_000)
        plain = HTTPClient(under: NetworkRules(only: named), connectMilliseconds: 5_000, totalMilliseconds: 15_000)
    }

    package var watched: [(descriptor: Int32, interest: Poll.Interest)] { secure.watched + plain.watched }

    package var isDueAt: Int64? {
        let own: Int64? = isEnding ? nil : retryAt ?? (canClaim && hasWork || !reports.isEmpty ? 0 : dueAt)
        return [own, secure.isDueAt, plain.isDueAt].compactMap { $0 }.min()
    }

    package func proceed(_ ready: Set<Int32>) {
        secure.proceed(ready)
        plain.proceed(ready)
        let now = Time.monotonicMilliseconds()
        if let retryAt, now < retryAt { return }
        retryAt = nil
        let isDue = hasWork || dueAt.map { now >= $0 } == true
        if !reports.isEmpty || isDue && canClaim { exchange() }
    }

    package func notice() { hasWork = true }

    package func finish() {
        isEnding = true
        if !reports.isEmpty { exchange() }
    }

    private var canClaim: Bool { !isEnding && underWay < Self.most }

    /// Writes down what came of requests and takes what is due: one round trip, one transaction.
    ///
    /// - SQL: `api.outbox_report_webhook`, `api.outbox_claim_webhooks`, `api.outbox_webhook_wait` (sql/functions/webhooks).
    private func exchange() {
        // In the order of the subscriptions, as every process: each locks the row of one.
        let told = reports.sorted { ($0.webhook, $0.message) < ($1.webhook, $1.message) }
        let room = canClaim ? Self.most - underWay : 0
        let claim = Statement(
            "select * from api.outbox_claim_webhooks($1::integer)", name: "outbox_claim_webhooks",
            parameters: [.integer(Int64(clamping: room))])
        let wait = Statement("select api.outbox_webhook_wait()", name: "outbox_webhook_wait")
        do throws(DatabaseError) {
            let answers = try host.database.run(told.map(\.statement) + [claim, wait])
            reports = []
            let claimed = try answers[told.count].map(WebhookMessage.init)
            hasWork = room > 0 && claimed.count == room
            let left = try answers[told.count + 1].single().optionalInteger(0)
            dueAt = left.map { Time.monotonicMilliseconds() + max($0, Self.pause) }
            claimed.forEach(send)
        } catch {
            retryAt = Time.monotonicMilliseconds() + Self.retry
            if case .refused(let refusal) = error, !refusal.isAboutValues {
                host.log("webhooks not served", String(reflecting: error))
            }
            guard case .refused(let refusal) = error, refusal.isAboutValues else { return }
            // What is not reported is sent again.
            host.log("report of a webhook refused", String(reflecting: error))
            reports = []
        }
    }

    private func send(_ message: WebhookMessage) {
        let attempt: SignedAttempt
        do { attempt = try message.sign(at: Time.wallSeconds(), with: keys) } catch {
            host.log("secret of a webhook not opened", "webhook \(message.webhook)")
            reports.append(DeliveryReport(message, problem: "the secret cannot be opened"))
            return
        }
        let isSecure = message.url.lowercased().hasPrefix("https://")
        underWay += 1
        (isSecure ? secure : plain).send(message.request(attempt)) { [unowned self] result in
            underWay -= 1
            hasWork = true
            reports.append(DeliveryReport(message, result, isSecure: isSecure))
        }
    }
}
