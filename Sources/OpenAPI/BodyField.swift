import JSON
package import Web

/// One value that a handler reads from a request's body: how it is read, and what the documentation tells of it.
package struct BodyField<Value: Sendable>: Sendable {
    let property: Property
    /// On the wire.
    package var name: String { property.name }
    let read: @Sendable (inout FieldReader) -> Value

    private init(
        _ name: String, _ schema: Schema, _ about: Text, required: Bool, example: JSON? = nil,
        default fallback: JSON? = nil,
        _ read: @escaping @Sendable (inout FieldReader) -> Value
    ) {
        var members: [JSON.Member] = []
        if let fallback { members.append(.init(name: "default", value: fallback)) }
        if let example { members.append(.init(name: "examples", value: [example])) }
        property = Property(name, .with(schema, members), about, required: required)
        self.read = read
    }
}

extension BodyField where Value == String {
    /// Text that must be there and not be blank; at most so many characters, nil for whatever the body may hold.
    package static func text(
        _ name: String, maximum: Int?, _ about: Text, example: String, isSecret: Bool = false
    ) -> BodyField {
        let schema = FieldKind.text(maximum: maximum).input(required: true)
        return isSecret
            ? secret(name, schema, about, example: example) { $0.secret(name, maximum: maximum).trimmed }
            : BodyField(name, schema, about, required: true, example: .string(example)) {
                $0.text(name, maximum: maximum)
            }
    }

    /// A password to be, with every blank that was typed: whether it may be one is for the policy to say.
    package static func newPassword(_ name: String, _ about: Text) -> BodyField {
        let schema = FieldKind.text(maximum: nil).input(required: true)
        return secret(name, schema, about, example: "siete-mares-verde-37") { $0.secret(name, maximum: nil) }
    }

    private static func secret(
        _ name: String, _ schema: Schema, _ about: Text, example: String,
        _ read: @escaping @Sendable (inout FieldReader) -> String
    ) -> BodyField {
        let format = JSON.Member(name: "format", value: "password")
        return BodyField(name, .with(schema, [format]), about, required: true, example: .string(example), read)
    }

    /// One of some words; the default when it is missing, nil for a word that must be there.
    ///
    /// - Parameter set: what the words are called together in the document.
    package static func choice(
        _ name: String, _ choices: [String], called set: String, default fallback: String? = nil, _ about: Text
    ) -> BodyField {
        BodyField(
            name, .named(set, .words(choices)), about, required: fallback == nil, default: fallback.map { .string($0) }
        ) {
            $0.choice(name, choices, default: fallback)
        }
    }
}

extension BodyField where Value == String? {
    /// Text that may be missing, null or blank: then nil.
    package static func optionalText(_ name: String, maximum: Int, _ about: Text, example: String) -> BodyField {
        let schema = Schema.nullable(FieldKind.text(maximum: maximum).input(required: false))
        return BodyField(name, schema, about, required: false, example: .string(example)) {
            $0.optionalText(name, maximum: maximum)
        }
    }

    /// A moment that may be missing or null: then nil.
    package static func optionalMoment(_ name: String, _ about: Text) -> BodyField {
        let kind = FieldKind.timestamp
        return BodyField(name, .nullable(kind.input(required: false)), about, required: false, example: kind.example) {
            $0.optionalTimestamp(name)
        }
    }

    /// One of some words that may be missing.
    package static func optionalChoice(
        _ name: String, _ choices: [String], called set: String, _ about: Text
    ) -> BodyField {
        BodyField(name, .named(set, .words(choices)), about, required: false) { $0.optionalChoice(name, choices) }
    }
}

extension BodyField where Value == Int64 {
    /// A number that must be there, or has a default.
    package static func integer(
        _ name: String, _ range: ClosedRange<Int64>, default fallback: Int64? = nil, _ about: Text, example: Int64
    ) -> BodyField {
        BodyField(
            name, .integer(range), about, required: fallback == nil, example: .integer(example),
            default: fallback.map { .integer($0) }
        ) { $0.integer(name, range, default: fallback) }
    }
}

extension BodyField where Value == Int64? {
    /// The number of a row, which may be missing or null.
    package static func optionalReference(_ name: String, _ about: Text) -> BodyField {
        BodyField(name, .nullable(.identifier), about, required: false, example: 1) { $0.optionalInteger(name) }
    }
}

extension BodyField where Value == [Int64] {
    /// Row numbers in a list that may be missing; none then.
    package static func references(_ name: String, _ about: Text) -> BodyField {
        BodyField(name, FieldKind.references.input(required: false), about, required: false, example: [1, 2]) {
            $0.identifiers(name)
        }
    }
}

/// The values of a request's body: a struct whose stored properties are `BodyField`s, or bodies it adds to.
///
/// A handler reads by them and its documentation lists them all, so that the two cannot differ.
package protocol RequestBody: Sendable {}

extension RequestBody {
    var properties: [Property] {
        Mirror(reflecting: self).children.flatMap { child in
            if let body = child.value as? any RequestBody { return body.properties }
            return (child.value as? any AnyBodyField).map { [$0.property] } ?? []
        }
    }
}

private protocol AnyBodyField {
    var property: Property { get }
}

extension BodyField: AnyBodyField {}
