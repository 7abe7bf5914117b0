import Crypto

/// Passwords that change every 30 seconds (TOTP, RFC 6238) over counted ones (HOTP, RFC 4226).
package struct OneTimePassword: Sendable {
    /// The hash under the HMAC; every authenticator knows SHA-1, few the others.
    package enum Algorithm: Sendable {
        /// The hashes that RFC 6238 names.
        case sha1, sha256, sha512
    }

    /// Length of a password.
    package enum Digits: Int, Sendable {
        /// The number of decimal digits.
        case six = 6, eight = 8
    }

    /// How long one password is shown.
    package static let periodSeconds: Int64 = 30

    /// How far a telephone's clock may be off, in steps to either side.
    package static let toleratedSteps: Int64 = 1

    private let key: SymmetricKey
    private let algorithm: Algorithm
    private let digits: Digits

    /// - Parameter secret: what server and telephone share; 20 bytes are advised.
    package init(secret: [UInt8], algorithm: Algorithm = .sha1, digits: Digits = .six) {
        key = SymmetricKey(data: secret)
        self.algorithm = algorithm
        self.digits = digits
    }

    /// A fresh shared secret: 160 bits, as RFC 4226 advises.
    package static func makeSecret() -> [UInt8] { RandomBytes.make(count: 20) }

    /// Number of the step that contains `now` (seconds since 1970).
    package static func step(at now: Int64) -> Int64 { now / periodSeconds }

    /// The password of one step, or of one counter value: zeros in front included.
    package func password(atStep step: Int64) -> String {
        let code = authenticationCode(for: withUnsafeBytes(of: step.bigEndian) { Array($0) })
        let offset = Int((code.last ?? 0) & 0x0F)  // dynamic truncation, RFC 4226 section 5.3
        let number = code[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus: UInt32 = digits == .six ? 1_000_000 : 100_000_000
        let text = String(number % modulus)
        return String(repeating: "0", count: digits.rawValue - text.utf8.count) + text
    }

    /// The step whose password this is, of the current one and its two neighbours; nil when it is none of them.
    ///
    /// Each comparison takes the same time and all are made. A step may open once: the caller stores the greatest one
    /// accepted and refuses any that is not above it.
    package func matchedStep(for password: String, now: Int64) -> Int64? {
        let given = SymmetricKey(data: Array(password.utf8))
        let current = Self.step(at: now)
        var matched: Int64?
        for step in (current - Self.toleratedSteps)...(current + Self.toleratedSteps) {
            // Symmetric keys compare in constant time.
            if SymmetricKey(data: Array(self.password(atStep: step).utf8)) == given { matched = step }
        }
        return matched
    }

    private func authenticationCode(for counter: [UInt8]) -> [UInt8] {
        switch algorithm {
        case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: key))
        case .sha256: Array(HMAC<SHA256>.authenticationCode(for: counter, using: key))
        case .sha512: Array(HMAC<SHA512>.authenticationCode(for: counter, using: key))
        }
    }
}
