import JSON
import Resource
import Web

extension CSVImportCell {
    /// What might stand in a cell of the field.
    static func example(of field: Field, _ language: Language) -> String {
        if case .string(let text)? = field.example { return text }
        if let code = field.codeLookup { return code.example }
        return switch field.kind {
        case .boolean: Text("yes", es: "sí")(language)
        case .choice: field.words.first?(language) ?? ""
        case .reference: field.isRequired ? name(of: field.target)(language) : ""
        case .references: ""
        case .date: "2026-12-24"
        case .time: "18:30"
        case .timestamp: ""
        case .integer where !field.flags.isEmpty: field.flags.prefix(2).map { $0(language) }.joined(separator: ", ")
        case .integer(let range): String(max(range.lowerBound, 1))
        case .email: "nombre@ejemplo.com"
        case .phone: "5512345678"
        default: field.isRequired ? Text("Example", es: "Ejemplo")(language) : ""
        }
    }

    /// What a row of another table might be called: nobody who is there.
    private static func name(of target: String?) -> Text {
        Table.of(target)?.admin.exampleName ?? Text("Example Person", es: "Persona de Ejemplo")
    }

    /// What may be written into a cell of the field.
    static func instruction(for field: Field) -> Text {
        switch field.kind {
        case .boolean: Text("yes or no", es: "sí o no")
        case .choice: field.words.listed
        case .integer where !field.flags.isEmpty: field.flags.listed
        case .date: Text("24/12/2026, 24 Dec 2026 or 2026-12-24", es: "24/12/2026, 24 dic 2026 o 2026-12-24")
        case .timestamp: Text("2026-12-24 18:30 or 24/12/2026 18:30", es: "24/12/2026 18:30 o 2026-12-24 18:30")
        case .time: Text("18:30 or 6:30 p.m.", es: "18:30 o 6:30 p. m.")
        case .reference: Text("its name, or its ID as #12", es: "su nombre, o su ID así: #12")
        case .references:
            Text(
                "their names, or their IDs as #12, separated by semicolons",
                es: "sus nombres, o sus ID así: #12, separados por punto y coma")
        case .integer: Text("a whole number", es: "un número entero")
        case .phone: Text("10 to 15 digits", es: "de 10 a 15 dígitos")
        case .text(let maximum?): Text("at most \(maximum) characters", es: "\(maximum) caracteres como máximo")
        default: Text("text", es: "texto")
        }
    }
}

extension Field {
    /// What people call the values of a choice, in their order.
    var words: [Text] {
        choices.map(\.label)
    }
}

extension [Text] {
    /// With commas between.
    var listed: Text {
        Text(map(\.english).joined(separator: ", "), es: map(\.spanish).joined(separator: ", "))
    }
}

extension String {
    /// For comparing words of people: no case, no accents of our two languages, blanks for underscores.
    var folded: String {
        let plain: [Character: Character] = [
            "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n", "_": " ",
        ]
        let letters = trimmed.lowercased().map { plain[$0] ?? $0 }
        return String(letters).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
