import JSON
import Resource
import Vocabulary

/// The name above a column of a file.
struct CSVHeading: Equatable {
    /// As it stands there.
    let name: String
    /// What counts of it, and of the second column of a name also its number; empty where the column has no name.
    let key: String

    private static let longestKey = 100

    /// Those of a first line, in its order.
    static func all(_ names: [String]) -> [CSVHeading] {
        var times: [String: Int] = [:]
        return names.map { written in
            let name = written.plain
            let key = String(name.heading.prefix(longestKey))
            times[key, default: 0] += 1
            let number = times[key] ?? 1
            return CSVHeading(
                name: String(name.prefix(longestKey)), key: key.isEmpty || number == 1 ? key : "\(key) \(number)")
        }
    }
}

extension String {
    /// What counts of the name of a column: its letters and digits without case and accents, usual words for short ones, and
    /// nothing of `de` or `of`, in any order: `Núm. de tarjeta`, `TARJETA_NO` and `número tarjeta` are one.
    var heading: String {
        let plain = folded.replacing("º", with: "o").replacing("ª", with: "a")
        let words = plain.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let meant = words.filter { !Self.fillers.contains($0) }.map { Synonyms.longWords[$0] ?? $0 }
        return (meant.isEmpty ? words.isEmpty ? [plain] : words : meant).sorted().joined()
    }

    private static let fillers: Set<String> = ["de", "del", "la", "el", "los", "las", "of", "the"]
}
