package import JSON

extension JSON {
    /// The legacy API's name of a JSON type, as its messages show it.
    package var typeName: String {
        switch self {
        case .null: "NoneType"
        case .bool: "bool"
        case .integer: "int"
        case .real: "float"
        case .string: "str"
        case .array: "list"
        case .object: "dict"
        }
    }

    /// The value as the legacy API's messages repeat it: Python's `str()`.
    var pythonText: String {
        if case .string(let text) = self { text } else { pythonLiteral }
    }

    private var pythonLiteral: String {
        switch self {
        case .null: "None"
        case .bool(let value): value ? "True" : "False"
        case .integer(let number): String(number)
        case .real(let number): "\(number)"
        case .string(let text): text.contains("'") && !text.contains("\"") ? "\"\(text)\"" : "'\(text)'"
        case .array(let elements): "[" + elements.map(\.pythonLiteral).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "'\($0.name)': \($0.value.pythonLiteral)" }.joined(separator: ", ") + "}"
        }
    }
}
