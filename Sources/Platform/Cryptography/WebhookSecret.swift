import Crypto

/// What a message to another system is signed with (Standard Webhooks 1.0.0, signature `v1`: HMAC-SHA256).
package struct WebhookSecret: Sendable {
    private static let prefix = "whsec_"
    private let bytes: [UInt8]

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// A fresh one of 256 bits.
    package static func random() -> WebhookSecret { WebhookSecret(bytes: RandomBytes.make(count: 32)) }

    /// From what a receiver is given: `whsec_` and 24 to 64 bytes in base 64; nil for anything else.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let bytes = Base64.decode(text.dropFirst(Self.prefix.count)),
            (24...64).contains(bytes.count)
        else { return nil }
        self.bytes = bytes
    }

    /// The one that was sealed.
    ///
    /// - Parameter webhook: in whose row it stands.
    /// - Throws: when its key is not held, or it was sealed for another subscription.
    package init(
        opening sealed: [UInt8], of webhook: Int64, generation: Int, with ring: KeyRing
    ) throws(SealedCodeError) {
        let values = try SealedSecrets.open(sealed, owner: Self.owner(webhook), generation: generation, with: ring)
        guard let secret = values[Self.name].flatMap(WebhookSecret.init) else { throw .cannotOpen }
        self = secret
    }

    /// What may be stored, beside the generation of the key: it opens in the row of this subscription only.
    package func sealed(for webhook: Int64, with ring: KeyRing) throws(SealedCodeError) -> [UInt8] {
        try SealedSecrets.seal([Self.name: exposedText], owner: Self.owner(webhook), with: ring)
    }

    private static let name = "secret"
    private static func owner(_ webhook: Int64) -> String { "webhook/\(webhook)" }

    /// In the clear, for the one answer that shows it.
    package var exposedText: String { Self.prefix + Base64.encode(bytes) }

    /// One signature: `v1,` and base 64.
    ///
    /// - Parameters:
    ///   - id: of the message, the same at each attempt.
    ///   - timestamp: of this attempt, in seconds since 1970.
    ///   - body: the bytes as they are sent.
    package func signature(of id: String, at timestamp: Int64, _ body: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: bytes))
        return "v1,\(Base64.encode(Array(code)))"
    }
}

extension WebhookSecret: CustomStringConvertible, CustomReflectable {
    /// The word "WebhookSecret", nothing of the secret.
    package var description: String { "WebhookSecret" }

    /// No children, so that `dump` and failed expectations have nothing to show.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
