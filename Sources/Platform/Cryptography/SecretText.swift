import Crypto

/// A secret that an operator keeps as one text, such as Django's `SECRET_KEY`.
extension Secret {
    /// As many characters as 32 random bytes have in Base64 without padding.
    private static let shortest = 43
    /// Of 64 random hexadecimal digits fewer are different once in 10^12 texts.
    private static let fewestDifferent = 10
    /// What stands in examples and in the sources of others; `django-insecure-` heads the keys that Django makes up for a
    /// new project.
    private static let samples = [
        "django-insecure", "insecure", "secret-key", "secret_key", "secretkey", "changeme", "change-me", "change_me",
        "change-this", "change_this", "your-secret", "your_secret", "example", "replace", "cambiar", "cambia-",
        "0123456789", "abcdefgh", "qwertyui",
    ]

    /// Reads a secret.
    /// - Throws: what ``fault(ofText:)`` says.
    package init(text: String) throws(SecretError) {
        if let fault = Self.fault(ofText: text) { throw fault }
        self.init(key: SymmetricKey(data: Array(text.utf8)))
    }

    /// Why a text is no secret; nil when it may be one.
    package static func fault(ofText text: String) -> SecretError? {
        guard text.utf8.count >= shortest else { return .short }
        let plain = text.lowercased()
        guard !samples.contains(where: plain.contains) else { return .sample }
        guard Set(text.utf8).count >= fewestDifferent, !repeatsItself(Array(text.utf8)) else { return .regular }
        return nil
    }

    /// Whether so many characters in a row come twice, as in words or a pattern again and again: in 64 random hexadecimal
    /// digits once in 10^9 texts.
    private static let longestRepeated = 10

    private static func repeatsItself(_ bytes: [UInt8]) -> Bool {
        var seen: Set<ArraySlice<UInt8>> = []
        return (0...bytes.count - longestRepeated).contains { !seen.insert(bytes[$0..<$0 + longestRepeated]).inserted }
    }
}
