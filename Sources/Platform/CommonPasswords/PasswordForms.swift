/// The words that a password may be made of, with the usual substitutions undone.
///
/// Each rule alone and together with the others:
///
/// - capitals and accents: `Contraseña` is `contrasena`;
/// - up to ten characters around it that are no letters: `guadalupe2024!` is `guadalupe`;
/// - digits and signs for letters: `Pa55w0rd` is `password`;
/// - from the end to the beginning: `drowssap` is `password`;
/// - several times: `passwordpassword` is `password`;
/// - with blanks or signs between: `pass-word` is `password`.
struct PasswordForms {
    /// A date and two signs; more digits than that are hard to guess by themselves.
    private static let maximumAround = 10

    /// Characters; shorter words occur in too many good passwords.
    private static let minimumLength = 4

    private static let fewCharacters = 3

    /// Small letters without accents.
    private let folded: [Unicode.Scalar]
    /// Letters and digits only.
    private let joined: [Unicode.Scalar]

    init(of password: String) {
        // An accent may also follow its letter as a mark of its own.
        folded = password.lowercased().unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark }
            .map { Self.withoutAccent[$0] ?? $0 }
        joined = folded.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }

    /// Such as `aaaaaaaa` or `121212121212`.
    var repeatsFewCharacters: Bool {
        let piece = Self.piece(repeatedBy: folded)
        return piece.count <= Self.fewCharacters && piece.count < folded.count
    }

    /// Every form of at least four characters.
    var all: Set<String> {
        var all: Set<String> = []
        for text in [folded, joined].flatMap({ [$0, Self.piece(repeatedBy: $0)] }) {
            for core in Self.cores(of: text) where core.count >= Self.minimumLength {
                for word in [core] + Self.lettersForOne.map({ Self.spelled(core, one: $0) }) {
                    all.insert(Self.text(word))
                    all.insert(Self.text(word.reversed()))
                }
            }
        }
        return all
    }

    /// Whether the text is part of a row of keys, letters or digits.
    static func isRow(_ text: String) -> Bool { partsOfRows.contains(text) }

    private static let rows = [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklnzxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp",
    ]

    /// Some two thousand texts; a form that is spelled backwards is among the forms itself.
    private static let partsOfRows = Set(
        rows.map(Array.init).flatMap { row in
            row.indices.flatMap { start in
                stride(from: start + minimumLength, through: row.count, by: 1).map { String(row[start..<$0]) }
            }
        })

    private static let withoutAccent = Dictionary(
        zip("áàâäãåéèêëíìîïóòôöõúùûüñç".unicodeScalars, "aaaaaaeeeeiiiiooooouuuunc".unicodeScalars),
        uniquingKeysWith: { first, _ in first })

    /// A one stands for either.
    private static let lettersForOne: [Unicode.Scalar] = ["i", "l"]

    private static let letters: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "o", "3": "e", "4": "a", "@": "a", "5": "s", "$": "s", "7": "t", "8": "b", "9": "g",
    ]

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    private static func spelled(_ text: [Unicode.Scalar], one: Unicode.Scalar) -> [Unicode.Scalar] {
        text.map { $0 == "1" || $0 == "!" ? one : letters[$0] ?? $0 }
    }

    /// The text, and without what is no letter before it, behind it and on both sides.
    private static func cores(of text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        let before = text.prefix { !$0.properties.isAlphabetic }.count
        let behind = text.reversed().prefix { !$0.properties.isAlphabetic }.count
        return [(0, 0), (before, 0), (0, behind), (before, behind)].compactMap { first, last in
            guard first + last <= maximumAround, first + last < text.count else { return nil }
            return Array(text[first..<text.count - last])
        }
    }

    /// The shortest beginning of which the text consists, repeated.
    private static func piece(repeatedBy text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let lengths = 1..<max(text.count, 1)
        let length = lengths.first { length in
            text.count % length == 0 && text.indices.dropFirst(length).allSatisfy { text[$0] == text[$0 - length] }
        }
        return Array(text.prefix(length ?? text.count))
    }
}
