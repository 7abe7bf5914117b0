import JSON
package import Web

/// What `OPTIONS` tells of one row of the route table: the legacy API's words, because its clients may show them.
package struct About: Sendable {
    let name: String
    let description: String
    /// What the body may hold; empty where there is none.
    let fields: [AboutField]

    package init(_ name: String, _ description: String, _ fields: [AboutField] = []) {
        self.name = name
        self.description = description
        self.fields = fields
    }
}

/// What `OPTIONS` tells of one field.
package struct AboutField: Sendable {
    let name: String
    private let type: String
    private let isRequired: Bool
    private let isReadOnly: Bool
    private let label: Text?
    private let help: Text?
    /// `max_length`, `min_value`, `max_value`.
    private let limits: [JSON.Member]
    private let choices: [(value: String, label: Text)]

    /// - Parameters:
    ///   - isComputed: worked out, so that neither limits nor a precise type are told.
    ///   - label: nil for the name, read as words.
    package init(
        _ name: String, _ kind: FieldKind, required: Bool = false, readOnly: Bool = false, isComputed: Bool = false,
        label: Text? = nil, help: Text? = nil, choices: [Text] = []
    ) {
        self.name = name
        type = kind.wireType(isComputed: isComputed)
        isRequired = required
        isReadOnly = readOnly
        self.label = label
        self.help = help
        limits = readOnly ? [] : kind.limits
        let values = if case .choice(let values) = kind { values } else { [String]() }
        self.choices = readOnly ? [] : zip(values, choices).map { ($0, $1) }
    }

    func json(_ language: Language) -> JSON {
        var members: [JSON.Member] = [
            .init(name: "type", value: .string(type)), .init(name: "required", value: .bool(isRequired)),
            .init(name: "read_only", value: .bool(isReadOnly)),
            .init(name: "label", value: .string(label?(language) ?? words)),
        ]
        if let help { members.append(.init(name: "help_text", value: .string(help(language)))) }
        members += limits
        if !choices.isEmpty {
            let described = choices.map { choice -> JSON in
                ["value": .string(choice.value), "display_name": .string(choice.label(language))]
            }
            members.append(.init(name: "choices", value: .array(described)))
        }
        return .object(members)
    }

    /// `move_in_date` is `Move in date`.
    private var words: String { name == "id" ? "ID" : name.replacing("_", with: " ").capitalizedWord }
}

extension FieldKind {
    /// The legacy API's name of the kind.
    fileprivate func wireType(isComputed: Bool) -> String {
        switch self {
        case .text, .phone, .code: "string"
        case .email: "email"
        case .integer: isComputed ? "field" : "integer"
        case .decimal: "decimal"
        case .boolean: "boolean"
        case .choice: "choice"
        case .date: "date"
        case .time: "time"
        case .timestamp: "datetime"
        case .photo: "image upload"
        case .reference, .references, .texts, .words, .json: "field"
        }
    }

    fileprivate var limits: [JSON.Member] {
        switch self {
        case .text(let maximum?), .phone(let maximum): [.init(name: "max_length", value: JSON(maximum))]
        case .email: [.init(name: "max_length", value: 254)]
        case .code: [.init(name: "max_length", value: 100)]
        case .photo: [.init(name: "max_length", value: JSON(FieldKind.maximumFileName))]
        case .integer(let range):
            [
                .init(name: "min_value", value: .integer(range.lowerBound)),
                .init(name: "max_value", value: .integer(range.upperBound)),
            ]
        default: []
        }
    }
}
