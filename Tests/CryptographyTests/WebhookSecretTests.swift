import Cryptography
import Testing

@Suite struct `The secret of a webhook` {
    /// The vector that Standard Webhooks publishes.
    @Test func `signs as the specification shows`() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        #expect(
            secret.signature(
                of: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330, Array(#"{"test": 2432232314}"#.utf8))
                == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `signs every part of a message`() throws {
        let secret = WebhookSecret.random()
        let signatures = [
            secret.signature(of: "a", at: 1, [1]), secret.signature(of: "b", at: 1, [1]),
            secret.signature(of: "a", at: 2, [1]), secret.signature(of: "a", at: 1, [2]),
            WebhookSecret.random().signature(of: "a", at: 1, [1]),
        ]
        #expect(Set(signatures).count == 5)
    }

    @Test func `opens in the row it was sealed for`() throws {
        let ring = KeyRing([MasterKey(generation: 1, secret: .random())])
        let secret = WebhookSecret.random()
        let sealed = try secret.sealed(for: 7, with: ring)
        #expect(try WebhookSecret(opening: sealed, of: 7, generation: 1, with: ring).exposedText == secret.exposedText)
        #expect(throws: SealedCodeError.cannotOpen) {
            try WebhookSecret(opening: sealed, of: 8, generation: 1, with: ring)
        }
        #expect(throws: SealedCodeError.noKey) { try secret.sealed(for: 7, with: KeyRing([])) }
    }

    @Test func `does not print itself`() {
        let secret = WebhookSecret.random()
        #expect("\(secret)" == "WebhookSecret")
        #expect(secret.exposedText.hasPrefix("whsec_") && secret.exposedText.count == 50)
    }

    @Test(arguments: ["", "whsec_", "whsec_MfKQ9r8GKYqrTwjU", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_???"])
    func `is no other text`(text: String) {
        #expect(WebhookSecret(text) == nil)
    }
}
