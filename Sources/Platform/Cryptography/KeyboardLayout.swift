/// What a reader that types like a US keyboard leaves on a computer that is set to another layout.
///
/// The layouts whose letters and digits lie elsewhere: French (AZERTY) and German (QWERTZ). Source: Unicode CLDR, keyboards
/// `fr-t-k0-windows` and `de-t-k0-windows`.
enum KeyboardLayout {
    /// The keys of a US keyboard, and what a French one has there.
    private static let french: [Character: Character] = Dictionary(
        zip("&é\"'(-è_çà,?;m:!MQqAaWwZz", "1234567890mM,;./:AaQqZzWw"), uniquingKeysWith: { $1 })
    /// Digits without the Shift that French keyboards want for them.
    private static let frenchDigits = Set("&é\"'(-è_çà")

    /// What was read, where the signs in it say that it came by a French layout; nil where they do not.
    ///
    /// Its digits are signs and letters with accents there. Two of them among letters and no digit, or nothing but them,
    /// or what a link begins with: more readings of a short text would be more guesses.
    static func unFrench(_ text: String) -> String? {
        let signs = text.lowercased().filter(frenchDigits.contains).count
        let isLink = ["httpM!!", "httpsM!!", "HTTPM!!", "HTTPSM!!"].contains { text.hasPrefix($0) }
        let isFrench = !text.contains(where: \.isNumber) && signs >= 2 && text.count >= 6
        guard isLink || isFrench else { return nil }
        let typed = text.map { frenchDigits.contains(Character($0.lowercased())) ? Character($0.lowercased()) : $0 }
        return String(typed.map { french[$0] ?? $0 })
    }

    /// What else a long code in capitals may be, of which nothing says by which layout it came.
    static func otherReadings(of code: String) -> [String] {
        let german = String(code.map { $0 == "Y" ? "Z" : $0 == "Z" ? "Y" : $0 })
        let french = String(code.map { Self.french[$0] ?? $0 }).uppercased()
        return [german, french].filter { $0 != code }
    }
}
