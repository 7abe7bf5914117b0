/// Letters that were lost because a text was read in another encoding than it was written in.
///
/// Decided by what stands inside words, where no orthography has it: `Mu¤oz` (CP850 read as Windows-1252), `Mu–oz` (Mac
/// Roman), `MuÃ±oz` (UTF-8), `Mu├▒oz` (UTF-8 read as CP850), and the sign U+FFFD, which stands for what could not be read.
package struct TextDamage {
    /// How much may be taken for damage.
    package enum Kind {
        /// Text of any sort, in an encoding that is known.
        case prose
        /// A name or a number, in an encoding that is known.
        case name
        /// A whole file of which it is only assumed that it is Windows-1252.
        case assumed
    }

    let scalars: [Unicode.Scalar]
    private let kind: Kind
    /// A letter of Spanish that no other encoding makes of another one: blanks that do not break are then blanks.
    private let isSpanish: Bool

    init(_ text: String, _ kind: Kind) {
        scalars = Array(text.unicodeScalars)
        self.kind = kind
        isSpanish = kind == .assumed && scalars.contains { "ñáíóúüÑÁÉÍÓÜ".unicodeScalars.contains($0) }
    }

    /// Whether any letter of it was lost.
    package static func isIn(_ text: String, _ kind: Kind) -> Bool {
        if text.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "?") }) { return false }
        return TextDamage(text, kind).place != nil
    }

    /// The place of the first scalar that stands for a lost letter.
    var place: Int? {
        scalars.indices.first { index in
            let scalar = scalars[index]
            guard scalar.value >= 0x80 || scalar == "?" else { return false }
            if scalar == "\u{FFFD}" || (0x80...0x9F).contains(scalar.value) || isEncodedTwice(at: index) { return true }
            return isInWord(index) || kind != .prose && isInName(index) || kind == .assumed && isMisread(index)
        }
    }

    // MARK: Neighbours

    func scalar(_ index: Int) -> Unicode.Scalar? { scalars.indices.contains(index) ? scalars[index] : nil }

    func isLetter(_ index: Int) -> Bool {
        scalar(index).map { $0.properties.isAlphabetic && $0 != "ª" && $0 != "º" } ?? false
    }

    func isLowercase(_ index: Int) -> Bool { isLetter(index) && scalars[index].properties.isLowercase }

    func isUppercase(_ index: Int) -> Bool { isLetter(index) && scalars[index].properties.isUppercase }

    private func isVowel(_ index: Int) -> Bool {
        scalar(index).map("aeiouáéíóúü".unicodeScalars.contains) ?? false
    }

    /// The letters from there on, as far as the word goes.
    private func rest(from index: Int) -> String {
        var text = String.UnicodeScalarView()
        var place = index
        while isLetter(place) {
            text.append(scalars[place])
            place += 1
        }
        return String(text)
    }

    // MARK: Signs

    /// Signs that stand in no word of any language.
    private func isInWord(_ index: Int) -> Bool {
        let (isBehind, isBefore) = (isLetter(index - 1), isLetter(index + 1))
        switch scalars[index] {
        case "\u{2500}"..."\u{259F}", "¤": return isBehind || isBefore
        case "√", "‚", "„": return isBehind
        case "¢", "£": return isBehind && isBefore || isLowercase(index - 1)
        case "‡", "‰", "ˆ", "˜", "†", "¥", "¦", "¨", "¬", "¯", "¶", "¸", "±", "©", "®": return isBehind && isBefore
        default: return false
        }
    }

    /// Signs that stand between words of prose, and in no name.
    private func isInName(_ index: Int) -> Bool {
        guard isLetter(index - 1), isLetter(index + 1) else { return false }
        switch scalars[index] {
        case "?": return kind == .name
        case "¡", "¿": return true
        case "–": return isVowel(index - 1) && isVowel(index + 1)
        case "—": return isLowercase(index + 1) && !isVowel(index + 1)
        default: return false
        }
    }

    /// What letters of CP850 and Mac Roman look like in Windows-1252 that may be right in another text.
    private func isMisread(_ index: Int) -> Bool {
        let (isBehind, isBefore) = (isLetter(index - 1), isLetter(index + 1))
        switch scalars[index] {
        case "ƒ": return isBehind || isBefore
        case "‡": return isBehind
        case "µ": return isBehind || rest(from: index + 1).count > 2
        case "Ž", "Ÿ": return isLowercase(index - 1) || isBehind && isLowercase(index + 1)
        case "œ": return isBehind && !["u", "t", "i"].contains(scalar(index + 1))
        case "à", "ç", "ê", "î", "ò", "š": return isUppercase(index + 1) && (isUppercase(index - 1) || !isBehind)
        case "Ö": return isUppercase(index - 1) && rest(from: index + 1) == "A"
        case "’": return isBehind && isLostI(rest(from: index + 1))
        case "\u{A0}": return !isSpanish && isLowercase(index + 1) && !Self.particles.contains(rest(from: index + 1))
        default: return false
        }
    }

    /// `Garc’a`, `Mart’nez`, but not `O’Brien`, `dell’acqua`, `don’t`, `d’heure`.
    private func isLostI(_ rest: String) -> Bool {
        guard let first = rest.unicodeScalars.first, first.properties.isLowercase else { return false }
        if ["a", "as", "o", "os", "az"].contains(rest) { return true }
        return !"aeiouáéíóúühyœ".unicodeScalars.contains(first)
            && !["s", "t", "re", "ll", "ve", "m", "d"].contains(rest)
    }

    /// Words within names that begin with a small letter.
    private static let particles: Set<String> = [
        "a", "al", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "e", "el", "en", "i", "la", "las",
        "le",
        "los", "o", "san", "van", "von", "y", "zu",
    ]
}
