import JSON
import Web

/// What kind of JSON value a field of the legacy system holds, as Django's serializer and PostgreSQL's `to_jsonb` write it.
enum LegacyKind {
    /// A text; dates, times and addresses are texts too, which the database reads.
    case text
    case flag
    case wholeNumber
    /// A number, or its text, as Django writes decimals.
    case decimal
    /// The number of a row, or null.
    case reference
    /// A list of numbers of rows.
    case references

    /// Of a field that points at no row; its name means the same in every table.
    init(field: String) {
        switch field {
        case "is_active", "is_active_employee", "is_superuser", "is_staff", "is_occupied", "is_authorized", "is_entry",
            "is_exit", "supports_qr", "supports_rfid", "supports_numeric":
            self = .flag
        case "floor", "floors", "units_per_floor", "max_uses", "times_used": self = .wholeNumber
        case "temperature": self = .decimal
        case "access_points": self = .references
        default: self = .text
        }
    }

    /// What is wrong with a value of this kind; nil for nothing.
    ///
    /// Whether null is allowed is the table's own rule.
    func fault(of field: JSON.Member) -> LegacyImportNote? {
        switch (self, field.value) {
        case (.text, .string(let text)), (.decimal, .string(let text)):
            return text.utf8.contains(0) ? .nullCharacter(field.name) : nil
        case (.flag, .bool), (.wholeNumber, .integer), (.decimal, .integer), (.decimal, .real), (.reference, .integer):
            return nil
        case (.references, .array(let list)) where list.allSatisfy({ $0.integerValue != nil }): return nil
        case (.references, .array(let list)) where list.contains(where: \.isNaturalKey): return .naturalKey(field.name)
        case (.reference, let value) where value.isNaturalKey: return .naturalKey(field.name)
        case (.references, .array):
            let found = Text("a list of something else", es: "una lista de otra cosa")
            return .unexpected(field.name, found, name)
        // Not null: no list would mean every gate.
        case (_, .null) where !isList: return nil
        case (_, let value): return .unexpected(field.name, Self.name(of: value), name)
        }
    }

    private var isList: Bool { self == .references }

    private var name: Text {
        switch self {
        case .text: Text("a text", es: "un texto")
        case .flag: Text("true or false", es: "verdadero o falso")
        case .wholeNumber: Text("a whole number", es: "un número entero")
        case .decimal: Text("a number", es: "un número")
        case .reference: Text("the number of a row", es: "el número de un registro")
        case .references: Text("a list of numbers of rows", es: "una lista de números de registros")
        }
    }

    private static func name(of value: JSON) -> Text {
        switch value {
        case .null: Text("nothing", es: "nada")
        case .bool: Text("true or false", es: "verdadero o falso")
        case .integer: Text("a whole number", es: "un número entero")
        case .real:
            Text("a number with a fraction, or too large", es: "un número con fracción o demasiado grande")
        case .string: Text("a text", es: "un texto")
        case .array: Text("a list", es: "una lista")
        case .object: Text("an object", es: "un objeto")
        }
    }
}

extension JSON {
    /// Whether this can be what a model's `natural_key()` answers: a list, as Django has it, or an object of a custom one.
    fileprivate var isNaturalKey: Bool { elements != nil || members != nil }
}
