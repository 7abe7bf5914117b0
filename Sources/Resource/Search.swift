import Web

/// The words of `?search=`: split on blanks and commas, quotes keep phrases, every word must be found.
package enum Search {
    /// Enough for any name; more words are ignored, so that a query cannot grow without bound.
    static let maximumWords = 32

    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if (character == "\"" || character == "'") && word.isEmpty {
                quote = character
            } else if character.isWhitespace || character == "," {
                words.append(word)
                word = ""
            } else {
                word.append(character)
            }
        }
        words.append(word)
        return Array(words.filter { !$0.isEmpty }.prefix(maximumWords))
    }

    /// Case and accents are folded on both sides; `%` and `_` of a client stay themselves.
    ///
    /// - Parameter phones: those of the expressions that hold phones: they are found by their digits, too.
    static func add(
        _ text: String?, in expressions: [String], phones: [String], to conditions: inout WhereClause
    ) {
        guard let text, !expressions.isEmpty else { return }
        let match = expressions.map { "garita.fold(\($0)) like garita.fold(?)" }.joined(separator: " or ")
        conditions.add(words(text).map { (match, .text(pattern($0))) }, or: called(text, phones))
    }

    /// As above, by a condition that says it for all fields.
    ///
    /// - Parameter names: made of those fields with blanks between them, so that only a phrase is in one and in no field.
    static func add(
        _ text: String?, _ hasWord: String, in names: [String], phones: [String], to conditions: inout WhereClause
    ) {
        let text = text ?? ""
        let all: [(String, FieldValue)] = words(text).map { word in
            let isPhrase = word.contains(where: \.isWhitespace)
            let match = isPhrase ? names.map { " or garita.fold(\($0)) like garita.fold(?)" }.joined() : ""
            return (hasWord + match, .text(pattern(word)))
        }
        conditions.add(all, or: called(text, phones))
    }

    /// The condition on a phone that is looked for.
    private static func called(_ text: String, _ phones: [String]) -> (String, FieldValue)? {
        guard !phones.isEmpty, let phone = PhoneText.part(text) else { return nil }
        // Asked once, and not for each row.
        let match = phones.map { "regexp_replace(\($0), '[^0-9]', '', 'g') like (select api.phone_to_find(?))" }
        return (match.joined(separator: " or "), .text(phone))
    }

    /// A pattern for each word.
    package static func patterns(_ text: String) -> [String] { words(text).map(pattern) }

    /// The pattern that finds least by an index of triples of letters; nil when no word has three in a row.
    static func rarestPattern(_ text: String?) -> String? {
        let longest = words(text ?? "").max { $0.unicodeScalars.count < $1.unicodeScalars.count }
        let runs = longest?.split { !$0.isLetter && !$0.isNumber } ?? []
        guard let longest, runs.contains(where: { $0.count > 2 }) else { return nil }
        return pattern(longest)
    }

    /// Found anywhere; `%` and `_` of a client stay themselves.
    private static func pattern(_ word: String) -> String {
        "%" + word.map { "\\%_".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "%"
    }
}
