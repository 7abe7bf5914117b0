import JSON
import Pages
import Resource
import Web

/// How a cell that a person wrote becomes what a client of the API would have sent.
enum CSVImportCell {
    /// - Parameter references: what names in the file mean.
    static func read(_ text: String, _ field: Field, _ references: CSVImportReferences) -> Result<JSON, FieldFault> {
        switch field.kind {
        case .boolean: boolean(text)
        case .choice: choice(text, field)
        case .date: .success(.string(date(text)))
        case .timestamp: .success(.string(timestamp(text)))
        case .time: .success(.string(time(text)))
        case .reference: references.one(text, field).map { .integer($0) }
        case .integer where !field.flags.isEmpty: flags(text, field.flags)
        case .references: references.several(text, field).map { .array($0.map { .integer($0) }) }
        default: .success(.string(text.withLineFeeds))
        }
    }

    private static func boolean(_ text: String) -> Result<JSON, FieldFault> {
        switch text.folded {
        case "si", "s", "yes", "y", "true", "verdadero", "1", "x": .success(true)
        case "no", "n", "false", "falso", "0": .success(false)
        default:
            .failure(
                FieldFault(
                    Text(
                        "“\(text.echo)” is neither yes nor no: write yes or no.",
                        es: "«\(text.echo)» no es ni sí ni no: escriba sí o no.")))
        }
    }

    private static func choice(_ text: String, _ field: Field) -> Result<JSON, FieldFault> {
        let word = text.folded
        if let choice = field.choices.first(where: { $0.words.contains { $0.folded == word } }) {
            return .success(.string(choice.value))
        }
        return .failure(FieldFault(.noneOf(field.words, text)))
    }

    /// `Monday, Tuesday` or `lun mar` becomes the sum that is kept; a number is that sum.
    private static func flags(_ text: String, _ names: [Text]) -> Result<JSON, FieldFault> {
        guard WholeNumber.read(text, in: Field.flagSums) == nil else { return .success(.string(text)) }
        var sum: Int64 = 0
        for word in text.split(whereSeparator: { ",;/|.".contains($0) || $0.isWhitespace }).map({ String($0).folded }) {
            let place = names.firstIndex { name in
                word.count >= 3 && [name.english, name.spanish].contains { $0.folded.hasPrefix(word) }
            }
            guard let place else {
                return .failure(FieldFault(.noneOf(names, word)))
            }
            sum |= 1 << Int64(place)
        }
        return .success(.integer(sum))
    }

    /// `24/12/2026`, `24-12-2026` and `24.12.2026` become `2026-12-24`; whatever else it is, the field says.
    private static func date(_ text: String) -> String {
        let parts = text.split(omittingEmptySubsequences: false) { "/-.".contains($0) }.map(String.init)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }) else { return text }
        let isYearFirst = parts[0].utf8.count == 4
        guard isYearFirst || parts[2].utf8.count == 4 else { return text }
        let (year, day) = isYearFirst ? (parts[0], parts[2]) : (parts[2], parts[0])
        return "\(year)-\(twoDigits(parts[1]))-\(twoDigits(day))"
    }

    /// A date as above, and perhaps a time behind it.
    private static func timestamp(_ text: String) -> String {
        let halves = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let day = halves.first, !text.contains("T") else { return text }
        return halves.count == 1 ? date(day) : "\(date(day)) \(time(halves[1].trimmed))"
    }

    /// `6:30 p. m.` becomes `18:30`.
    private static func time(_ text: String) -> String {
        let bare = text.lowercased().filter { !$0.isWhitespace && $0 != "." }
        let isAfternoon = bare.hasSuffix("pm")
        guard isAfternoon || bare.hasSuffix("am"), let colon = bare.firstIndex(of: ":"),
            let hour = WholeNumber.read(bare[..<colon], in: 1...12)
        else { return text }
        return twoDigits(String(hour % 12 + (isAfternoon ? 12 : 0))) + String(bare[colon...].dropLast(2))
    }

    private static func twoDigits(_ text: String) -> String { text.utf8.count == 1 ? "0" + text : text }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension Text {
    fileprivate static func noneOf(_ words: [Text], _ text: String) -> Text {
        let list = words.listed
        return Text(
            "“\(text.echo)” is not one of: \(list.english).", es: "«\(text.echo)» no es ninguno de: \(list.spanish).")
    }
}
