import Cryptography

/// What a machine must show instead of a certificate that the system trusts; it then may have any name, and be expired.
package enum CertificatePin: Sendable, Equatable {
    /// The SHA-256 of its public key, as curl writes it: `sha256//` and base 64. A renewed certificate may keep its key.
    case publicKey(String)
    /// The SHA-256 of its certificate, as browsers and `openssl x509 -fingerprint -sha256` show it: 64 hexadecimal digits.
    case certificate(String)

    /// Reads both ways of writing; colons, blanks and `SHA256 Fingerprint=` may stand in a fingerprint.
    ///
    /// - Returns: nil for anything else, and for digests of another length.
    package init?(_ text: String) {
        let trimmed = text.filter { !$0.isWhitespace }
        if trimmed.hasPrefix("sha256//") {
            guard Base64.decode(trimmed.dropFirst(8))?.count == 32 else { return nil }
            self = .publicKey(trimmed)
            return
        }
        let digits = (trimmed.split(separator: "=").last ?? "").filter { $0 != ":" }.lowercased()
        guard Hexadecimal.decode(digits)?.count == 32 else { return nil }
        self = .certificate(digits)
    }

    /// Whether the certificate, in PEM, is the pinned one.
    func isFingerprint(ofPEM text: String) -> Bool {
        guard case .certificate(let expected) = self else { return false }
        let lines = text.split(separator: "\n").map(String.init)
        guard let first = lines.firstIndex(where: { $0.hasSuffix("-----BEGIN CERTIFICATE-----") }) else { return false }
        let content = lines[(first + 1)...].prefix { !$0.hasPrefix("-----END") }.joined()
        return Base64.decode(content).map { Checksum.sha256($0) == expected } ?? false
    }
}
