import Crypto

/// Signs what others can check without the key (Ed25519, RFC 8032).
package struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// The key that one secret and one label always give.
    package init(from secret: Secret, label: String) throws {
        let seed = secret.derive(label).key.withUnsafeBytes { Array($0) }
        key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    }

    /// 64 bytes.
    package func signature(for message: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: message)) }

    /// What a checker needs: 32 bytes.
    package var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

    /// Whether the signature was made with the key that belongs to `publicKey`.
    package static func isSignature(_ signature: [UInt8], for message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
