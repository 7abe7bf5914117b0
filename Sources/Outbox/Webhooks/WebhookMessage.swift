import Cryptography
import HTTPClient
import OperatingSystem
import PostgreSQL

/// A message that was taken to be delivered.
struct WebhookMessage {
    /// Its row of the outbox.
    let message: Int64
    /// The subscription.
    let webhook: Int64
    let url: String
    /// By which its receiver knows it again.
    let id: String
    private let body: [UInt8]
    private let secret: SealedSecret
    private let previous: SealedSecret?

    private struct SealedSecret {
        let sealed: [UInt8]
        let generation: Int
    }

    /// A row of `api.outbox_claim_webhooks`.
    init(_ row: Row) throws(DatabaseError) {
        message = try row.integer(0)
        webhook = try row.integer(1)
        url = try row.text(2)
        id = try row.text(3)
        body = Array(try row.text(4).utf8)
        secret = SealedSecret(sealed: try row.bytes(5), generation: Int(try row.integer(6)))
        let generation = Int(try row.integer(8))
        previous = try row.optionalBytes(7).map { SealedSecret(sealed: $0, generation: generation) }
    }

    /// Signed with the secret in use, and with the one before it as long as that is good.
    func sign(at timestamp: Int64, with keys: KeyRing) throws(SealedCodeError) -> SignedAttempt {
        var signatures: [String] = []
        for secret in [secret, previous].compactMap({ $0 }) {
            let opened = try WebhookSecret(
                opening: secret.sealed, of: webhook, generation: secret.generation, with: keys)
            signatures.append(opened.signature(of: id, at: timestamp, body))
        }
        return SignedAttempt(timestamp: timestamp, signatures: signatures)
    }

    func request(_ attempt: SignedAttempt) -> HTTPClientRequest {
        HTTPClientRequest(
            "POST", url,
            headers: [
                ("Content-Type", "application/json"), ("User-Agent", "Garita"), ("webhook-id", id),
                ("webhook-timestamp", String(attempt.timestamp)),
                ("webhook-signature", attempt.signatures.joined(separator: " ")),
            ],
            body: body, answerLimit: DeliveryReport.answerBytes)
    }
}

/// When an attempt is made, and what proves who makes it.
struct SignedAttempt {
    /// Seconds since 1970.
    let timestamp: Int64
    let signatures: [String]
}
