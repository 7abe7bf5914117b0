import JSON

extension Components {
    /// Members of an example that has them to choose from.
    private static let optionalMembers = 3

    /// A value that a schema lets through; nil where it does not tell one.
    ///
    /// Of an object it has the members that must be there, and of one that needs none a few others.
    func example(of schema: JSON) -> JSON? {
        if let name = schema["$ref"]?.stringValue?.split(separator: "/").last {
            return schemas.first { $0.name == name }.flatMap { example(of: $0.value) }
        }
        if let told = schema["examples"]?.elements?.first ?? schema["default"] ?? schema["const"] { return told }
        if let word = schema["enum"]?.elements?.first { return word }
        if let choices = schema["anyOf"]?.elements { return choices.lazy.compactMap { example(of: $0) }.first }
        let types = schema["type"]?.elements ?? [schema["type"] ?? .null]
        switch types.first?.stringValue {
        case "object": return objectExample(schema)
        case "array": return .array(schema["items"].flatMap { example(of: $0) }.map { [$0] } ?? [])
        case "integer": return schema["minimum"] ?? 1
        case "boolean": return true
        case "string": return schema["format"]?.stringValue.flatMap { Self.texts[$0] }
        default: return nil
        }
    }

    private func objectExample(_ schema: JSON) -> JSON {
        let needed = schema["required"]?.elements ?? []
        let properties = schema["properties"]?.members ?? []
        var shown = properties.filter { needed.contains(.string($0.name)) }
        if shown.isEmpty {
            shown = Array(properties.filter { $0.value["examples"] != nil }.prefix(Self.optionalMembers))
        }
        return .object(shown.map { .init(name: $0.name, value: example(of: $0.value) ?? "…") })
    }

    private static let texts: [String: JSON] = [
        "date": "2036-11-22", "date-time": "2036-11-22T18:30:00-06:00", "email": "ana.lopez@example.org",
        "password": "siete-mares-verde-37",
    ]
}
