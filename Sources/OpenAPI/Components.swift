import JSON
import Web

/// The schemas and parameters that have a name, collected while a document is written.
struct Components {
    private(set) var schemas: [JSON.Member] = []
    /// Parameters that many operations have, each told once.
    private(set) var parameters: [JSON.Member] = []
    let language: Language

    init(_ language: Language) {
        self.language = language
    }

    /// The schema as JSON; named ones become references.
    mutating func json(_ schema: Schema) -> JSON {
        switch schema {
        case .plain(let members): return .object(members)
        case .object(let properties): return object(properties)
        case .array(let element): return ["type": "array", "items": json(element)]
        case .map(let value): return ["type": "object", "additionalProperties": json(value)]
        case .anyOf(let schemas): return ["anyOf": .array(schemas.map { json($0) })]
        case .nullable(let schema): return nullable(json(schema))
        case .named(let name, let schema): return ["$ref": .string("#/components/schemas/\(add(name, schema))")]
        case .with(let schema, let members): return json(schema).adding(members)
        }
    }

    /// A parameter as JSON; one that many operations have becomes a reference.
    mutating func parameter(_ parameter: RequestParameter) -> JSON {
        guard let name = parameter.shared else { return written(parameter) }
        if !parameters.contains(where: { $0.name == name }) {
            parameters.append(.init(name: name, value: written(parameter)))
        }
        return ["$ref": .string("#/components/parameters/\(name)")]
    }

    private mutating func written(_ parameter: RequestParameter) -> JSON {
        var members: [JSON.Member] = [
            .init(name: "name", value: .string(parameter.name)),
            .init(name: "in", value: .string(parameter.place.rawValue)),
            .init(name: "required", value: .bool(parameter.isRequired)),
            .init(name: "description", value: .string(parameter.description(language))),
            .init(name: "schema", value: json(parameter.schema)),
        ]
        if parameter.isList {
            members += [.init(name: "style", value: "form"), .init(name: "explode", value: false)]
        }
        if parameter.ignoresUnknown { members.append(.init(name: "x-ignores-unknown", value: true)) }
        return .object(members)
    }

    private mutating func object(_ properties: [Property]) -> JSON {
        var members: [JSON.Member] = []
        for property in properties {
            var schema = json(property.schema)
            if let description = property.description {
                schema = schema.adding([.init(name: "description", value: .string(description(language)))])
            }
            members.append(.init(name: property.name, value: schema))
        }
        var object: [JSON.Member] = [
            .init(name: "type", value: "object"), .init(name: "properties", value: .object(members)),
        ]
        let required = properties.filter(\.isRequired).map { JSON.string($0.name) }
        if !required.isEmpty { object.append(.init(name: "required", value: .array(required))) }
        return .object(object)
    }

    /// `"type": ["string", "null"]`, the way of OpenAPI 3.1.
    private func nullable(_ schema: JSON) -> JSON {
        guard let type = schema["type"], schema["anyOf"] == nil else { return ["anyOf": [schema, ["type": "null"]]] }
        let types = JSON.array((type.elements ?? [type]) + ["null"])
        let words = JSON.array((schema["enum"]?.elements ?? []) + [.null])
        return schema.replacing("type", with: types).replacing("enum", with: words)
    }

    /// The name it has got: another schema of the same name would be a fault of ours, which a test sees by the digit.
    private mutating func add(_ name: String, _ schema: Schema) -> String {
        let written = json(schema)
        var free = name
        var number = 2
        while let known = schemas.first(where: { $0.name == free }), known.value != written {
            free = "\(name)\(number)"
            number += 1
        }
        if !schemas.contains(where: { $0.name == free }) { schemas.append(.init(name: free, value: written)) }
        return free
    }
}

extension JSON {
    /// The object with further members; one that is there already is replaced.
    func adding(_ further: [JSON.Member]) -> JSON {
        let kept = (members ?? []).filter { member in !further.contains { $0.name == member.name } }
        return .object(kept + further)
    }
}
