package import JSON
package import Web

/// What a value of the API looks like, in the words of JSON Schema 2020-12.
package indirect enum Schema: Sendable {
    /// Keywords as they stand.
    case plain([JSON.Member])
    case object([Property])
    case array(Schema)
    /// An object whose names vary.
    case map(Schema)
    case anyOf([Schema])
    case nullable(Schema)
    /// Written once among the components, and pointed at everywhere else.
    case named(String, Schema)
    /// With further keywords beside it.
    case with(Schema, [JSON.Member])

    package static let string = Schema.plain([.init(name: "type", value: "string")])
    package static let boolean = Schema.plain([.init(name: "type", value: "boolean")])
    package static let null = Schema.plain([.init(name: "type", value: "null")])
    /// Any JSON at all.
    package static let anything = Schema.plain([])
    /// The number of a row.
    package static let identifier = integer(1...Int64.max)
    /// A number however large.
    package static let anyInteger = Schema.plain([.init(name: "type", value: "integer")])
    /// ISO 8601 with the site's offset.
    package static let timestamp = format("date-time")

    /// Text of a format that JSON Schema or OpenAPI names.
    package static func format(_ name: String) -> Schema {
        .plain([.init(name: "type", value: "string"), .init(name: "format", value: .string(name))])
    }

    /// One of these words.
    package static func words(_ words: [String]) -> Schema {
        .plain([.init(name: "type", value: "string"), .init(name: "enum", value: .array(words.map { .string($0) }))])
    }

    /// Exactly this value.
    package static func constant(_ value: JSON) -> Schema { .plain([.init(name: "const", value: value)]) }

    /// A whole number; limits that 64 bits set themselves are left out.
    package static func integer(_ range: ClosedRange<Int64>) -> Schema {
        let isSmall = range.lowerBound >= -2_147_483_648 && range.upperBound <= 2_147_483_647
        var members: [JSON.Member] = [
            .init(name: "type", value: "integer"), .init(name: "format", value: isSmall ? "int32" : "int64"),
        ]
        if range.lowerBound > .min { members.append(.init(name: "minimum", value: .integer(range.lowerBound))) }
        if range.upperBound < .max { members.append(.init(name: "maximum", value: .integer(range.upperBound))) }
        return .plain(members)
    }

    /// An object that has no name.
    var isInline: Bool {
        if case .object = self { true } else { false }
    }

    /// An object some of whose members must be there.
    var needsMembers: Bool {
        switch self {
        case .object(let properties): properties.contains(where: \.isRequired)
        case .named(_, let schema), .with(let schema, _): schema.needsMembers
        default: false
        }
    }

    /// An object with these members.
    package static func object(_ properties: Property...) -> Schema { .object(properties) }
}

/// One member of an object.
package struct Property: Sendable {
    package let name: String
    let schema: Schema
    let isRequired: Bool
    let description: Text?

    package init(_ name: String, _ schema: Schema, _ description: Text? = nil, required: Bool = true) {
        self.name = name
        self.schema = schema
        self.description = description
        isRequired = required
    }
}
