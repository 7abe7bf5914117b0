import Crypto

/// A key of 32 bytes that does not print itself, neither with `print` nor with `dump`.
package struct Secret: Sendable {
    /// For the ciphers of this target only.
    let key: SymmetricKey
    /// The key already mixed in, which is half the work of authenticating a short message.
    private let prepared: HMAC<SHA256>

    init(key: SymmetricKey) {
        self.key = key
        prepared = HMAC(key: key)
    }

    /// Reads the content of a key file: 64 hexadecimal digits, blanks and line ends around them ignored.
    ///
    /// A key that a person typed or copied from an example (zeros, one pattern again and again) is refused: 32 random
    /// bytes have fewer than 12 different values once in 10^24 keys.
    package init(hexadecimal text: some StringProtocol) throws(SecretError) {
        let digits = text.split(whereSeparator: \.isWhitespace)
        guard digits.count == 1, let bytes = Hexadecimal.decode(String(digits[0])), bytes.count == 32 else {
            throw .malformed
        }
        guard Set(bytes).count >= 12 else { throw .notRandom }
        self.init(key: SymmetricKey(data: bytes))
    }

    /// A fresh key from the system's generator.
    package static func random() -> Secret { Secret(key: SymmetricKey(size: .bits256)) }

    /// The key of one purpose (HKDF-SHA256, RFC 5869, no salt): it reveals neither this key nor that of
    /// another purpose.
    ///
    /// - Parameter label: purpose and generation, such as `jwt-access/1`.
    package func derive(_ label: String) -> Secret {
        Secret(key: HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array(label.utf8), outputByteCount: 32))
    }

    /// HMAC-SHA256 of `message`: 32 bytes.
    package func authenticationCode(for message: [UInt8]) -> [UInt8] {
        Array(code(for: message))
    }

    /// Whether `code` is the HMAC-SHA256 of `message`; takes the same time wherever they differ.
    package func isAuthenticationCode(_ code: [UInt8], for message: [UInt8]) -> Bool {
        self.code(for: message) == code
    }

    private func code(for message: [UInt8]) -> HMAC<SHA256>.MAC {
        var authentication = prepared
        authentication.update(data: message)
        return authentication.finalize()
    }

    /// The key in the clear, for the one place that writes a key file.
    package func exposedHexadecimal() -> String { Hexadecimal.encode(key.withUnsafeBytes { Array($0) }) }
}

/// Why a text is no key; carries nothing of the text.
package enum SecretError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Not 64 hexadecimal digits.
    case malformed
    /// Too regular to come from a random generator.
    case notRandom
    /// A text of fewer than 43 characters.
    case short
    /// A text with few different characters, or one that repeats itself.
    case regular
    /// A text that stands in examples.
    case sample

    /// The reason in English.
    package var description: String {
        switch self {
        case .malformed: "A key is 64 hexadecimal digits (32 bytes)"
        case .notRandom: "This key was not drawn at random; make one with: garita keys init"
        case .short: "is shorter than 43 characters; make one with: openssl rand -base64 32"
        case .regular: "was not drawn at random; make one with: openssl rand -base64 32"
        case .sample: "looks like one of an example; make one with: openssl rand -base64 32"
        }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The word "Secret", nothing of the key.
    package var description: String { "Secret" }

    /// The word "Secret", nothing of the key.
    package var debugDescription: String { "Secret" }

    /// No children, so that `dump` and failed expectations have nothing to show.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
