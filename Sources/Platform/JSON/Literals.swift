// Literals and optionals become JSON by themselves, so that a handler's answer reads like the answer:
// `["count": 2, "next": nil, "name": JSON(row.name)]`.

extension JSON: ExpressibleByNilLiteral {
    /// `nil` is JSON's null.
    package init(nilLiteral: ()) { self = .null }
}

extension JSON: ExpressibleByBooleanLiteral {
    /// `true` and `false`.
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByIntegerLiteral {
    /// A whole number.
    package init(integerLiteral value: Int64) { self = .integer(value) }
}

extension JSON: ExpressibleByFloatLiteral {
    /// A number with a fraction.
    package init(floatLiteral value: Double) { self = .real(value) }
}

extension JSON: ExpressibleByStringInterpolation {
    /// A text, with or without interpolations.
    package init(stringLiteral value: String) { self = .string(value) }
}

extension JSON: ExpressibleByArrayLiteral {
    /// An array of values.
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON: ExpressibleByDictionaryLiteral {
    /// An object; its members keep the order of the literal.
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }
}

extension JSON {
    /// A text, or null when there is none.
    package init(_ text: String?) { self = text.map(JSON.string) ?? .null }

    /// A whole number, or null when there is none.
    package init(_ number: Int64?) { self = number.map(JSON.integer) ?? .null }

    /// A whole number, or null when there is none.
    package init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }

    /// A truth value, or null when there is none.
    package init(_ flag: Bool?) { self = flag.map(JSON.bool) ?? .null }
}
