import JSON
import Pages
import Resource
import Web

/// How a cell that a person wrote becomes what a client of the API would have sent.
enum CSVImportCell {
    /// - Parameters:
    ///   - row: what else is said, which tells apart rows of a name.
    ///   - references: what names in the file mean.
    static func read(
        _ text: String, _ field: Field, _ row: CSVFile.Row, _ references: CSVImportReferences
    ) -> Result<JSON, FieldFault> {
        switch field.kind {
        case .boolean: boolean(text)
        case .choice: choice(text, field)
        case .date: WrittenMoment.readDay(text).map { .string($0) }
        case .timestamp: WrittenMoment.read(text).map { .string($0) }
        case .time: .success(.string(WrittenTime.read(text)))
        case .reference: references.one(text, field, in: row).map { .integer($0) }
        case .integer where !field.flags.isEmpty: flags(text, field.flags)
        case .references: references.several(text, field, in: row).map { .array($0.map { .integer($0) }) }
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
                        "“\(text.echo)” is neither yes nor no: enter yes or no.",
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
}

extension Text {
    fileprivate static func noneOf(_ words: [Text], _ text: String) -> Text {
        let list = words.listed
        return Text(
            "“\(text.echo)” is not one of: \(list.english).", es: "«\(text.echo)» no es ninguno de: \(list.spanish).")
    }
}
