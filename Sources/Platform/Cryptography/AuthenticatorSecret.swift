import Crypto
import JSON

/// What an account shares with an authenticator: six digits that change every 30 seconds (TOTP over SHA-1, what every
/// authenticator knows), and the recovery codes that stand in for a lost one.
package struct AuthenticatorSecret: Sendable {
    private let bytes: [UInt8]
    private let passwords: OneTimePassword

    /// - Parameter seed: what both share; 20 bytes are advised.
    package init(seed: [UInt8]) {
        bytes = seed
        passwords = OneTimePassword(secret: seed)
    }

    /// A fresh one of 160 bits.
    package static func random() -> AuthenticatorSecret { AuthenticatorSecret(seed: OneTimePassword.makeSecret()) }

    /// The one that was sealed.
    ///
    /// - Parameters:
    ///   - account: the account in whose row it stands.
    ///   - generation: of the key it was sealed with.
    /// - Throws: when that key is not held, or it was sealed for another account.
    package init(
        opening sealed: [UInt8], of account: Int64, generation: Int, with ring: KeyRing
    ) throws(SealedCodeError) {
        let text = try Self.sealingKeys(ring).open(sealed, tag: Self.tag(of: account), generation: generation)
        guard let bytes = Base32.decode(text) else { throw .cannotOpen }
        self.init(seed: bytes)
    }

    /// What may be stored: it opens in the row of this account only.
    package func sealed(for account: Int64, with ring: KeyRing) throws(SealedCodeError) -> [UInt8] {
        try Self.sealingKeys(ring).seal(base32, tag: Self.tag(of: account))
    }

    private static func tag(of account: Int64) -> [UInt8] { Array("second-factor|\(account)".utf8) }

    private static func sealingKeys(_ ring: KeyRing) -> KeyRing { ring.derive { "second-factor/\($0)" } }

    /// The letters a person types into an authenticator that cannot read the picture.
    package var base32: String { Base32.encode(bytes) }

    /// What an authenticator reads from a picture (Google Authenticator's "Key Uri Format").
    package func uri(issuer: String, account: String) -> String {
        let issuer = Self.escaped(issuer)
        return "otpauth://totp/\(issuer):\(Self.escaped(account))?secret=\(base32)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=6&period=\(OneTimePassword.periodSeconds)"
    }

    /// The step whose digits these are; nil when they are none of now, the step before or the one after.
    package func matchedStep(for digits: String, now: Int64) -> Int64? {
        passwords.matchedStep(for: digits, now: now)
    }

    /// What is stored of a recovery code: its key follows from the secret, so that whoever cannot open that cannot try
    /// codes, and both are renewed and lost together.
    package func tag(ofRecoveryCode code: String) -> [UInt8] {
        let key = Secret(key: SymmetricKey(data: bytes)).derive("recovery-code")
        return key.authenticationCode(for: Array(code.lettersAndDigits.utf8))
    }

    /// Everything but the unreserved characters of RFC 3986 as `%XX`.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            let isPlain = byte < 128 && (character.isLetter || character.isNumber || "-._~".contains(character))
            return isPlain ? String(character) : "%" + Hexadecimal.encode([byte]).uppercased()
        }.joined()
    }
}

extension AuthenticatorSecret: CustomStringConvertible, CustomReflectable {
    /// The word "AuthenticatorSecret", nothing of the secret.
    package var description: String { "AuthenticatorSecret" }

    /// No children, so that `dump` and failed expectations have nothing to show.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
