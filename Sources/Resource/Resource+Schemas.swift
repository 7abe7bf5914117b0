import JSON
package import OpenAPI
import Web

/// What the API's document tells of the rows that answers and bodies hold.
extension Resource {
    /// One row as an answer shows it.
    package var rowSchema: Schema {
        .named(schemaName, .object(fields.filter { !$0.isWriteOnly }.map { $0.answer(of: schemaName) }))
    }

    /// One row of a list.
    package var listedSchema: Schema {
        guard fields.contains(where: \.isDetailOnly) else { return rowSchema }
        return .named(
            "\(schemaName)Listed",
            .object(fields.filter { !$0.isDetailOnly && !$0.isWriteOnly }.map { $0.answer(of: schemaName) }))
    }

    var minimalSchema: Schema {
        let shown = list.minimal.compactMap { name in (fields + list.hidden).first { $0.name == name } }
        return .named("\(schemaName)Minimal", .object(shown.map { $0.answer(of: schemaName) }))
    }

    var pageSchema: Schema {
        .named(
            "\(schemaName)Page",
            .object(
                Property(
                    "count", .integer(0...Int64.max),
                    Text(
                        "Rows on all pages; not told by cursor.",
                        es: "Registros en todas las páginas; no se indica por cursor."),
                    required: false),
                Property("next", .nullable(.format("uri")), Text("The next page.", es: "La página siguiente.")),
                Property("previous", .nullable(.format("uri")), Text("The page before.", es: "La página anterior.")),
                Property("results", .array(listedSchema))))
    }

    func input(isNew: Bool, isPartial: Bool) -> Schema {
        .object(
            settable(isNew).map { $0.input(of: schemaName, isPartial: isPartial) }
                + (rules.derived?.properties(isNew) ?? []))
    }

    /// The same as a form, where a photo may come with it.
    func form(_ name: String, isNew: Bool, isPartial: Bool) -> Schema? {
        let fields = settable(isNew)
        guard fields.contains(where: { $0.kind == .photo }) else { return nil }
        return .named(name, .object(fields.map { $0.formInput(of: schemaName, isPartial: isPartial) }))
    }

    private func settable(_ isNew: Bool) -> [Field] {
        fields.filter { !$0.isReadOnly && $0.isStored && (isNew || !$0.isFixed) }
    }

    var hasFixed: Bool { fields.contains { $0.isFixed } }
}

extension Field {
    /// As an answer shows it.
    fileprivate func answer(of owner: String) -> Property {
        let schema = Schema.with(words(of: owner), examples)
        return Property(
            name, mayBeNull ? .nullable(schema) : schema, about(isInput: false), required: !isOmittedWhenNull)
    }

    /// As a body brings it.
    fileprivate func input(of owner: String, isPartial: Bool) -> Property {
        // A photo comes with a form; in JSON there can only be none.
        let schema = kind == .photo ? Schema.null : written(of: owner, isPartial: isPartial)
        return Property(
            name, isNullable && kind != .photo ? .nullable(schema) : schema, about(isInput: true),
            required: (isRequired || isSent) && !isPartial)
    }

    /// As a form brings it: text or a file, never null.
    fileprivate func formInput(of owner: String, isPartial: Bool) -> Property {
        guard kind == .photo else {
            return Property(
                name, written(of: owner, isPartial: isPartial), about(isInput: true),
                required: (isRequired || isSent) && !isPartial)
        }
        let file = Schema.plain([
            .init(name: "type", value: "string"), .init(name: "format", value: "binary"),
        ])
        return Property(name, file, about(isInput: true), required: false)
    }

    /// A value as a client writes it.
    private func written(of owner: String, isPartial: Bool) -> Schema {
        var members = examples
        if let pattern { members.append(.init(name: "pattern", value: .string("^\(pattern.expression)$"))) }
        if minimumLength > 0 { members.append(.init(name: "minLength", value: JSON(minimumLength))) }
        if case .words = kind, isRequired { members.append(.init(name: "minItems", value: 1)) }
        if let defaultValue, !isPartial { members.append(.init(name: "default", value: defaultValue)) }
        if isWriteOnly { members += [.init(name: "format", value: "password"), .init(name: "writeOnly", value: true)] }
        return .with(choices.isEmpty || kind == .texts ? kind.input(required: isRequired) : words(of: owner), members)
    }

    /// What is worked out is there, or left out; what somebody may not read is null to them.
    private var mayBeNull: Bool {
        if isOmittedWhenNull { return false }
        return isNullable || (readers != .signedIn && !kind.isText)
    }

    /// What an answer holds; a set of words has a name, because filters and bodies have the same.
    func words(of owner: String) -> Schema {
        let name = owner + self.name.split(separator: "_").map(\.capitalizedWord).joined()
        switch kind {
        case .choice(let words) where !words.isEmpty: return .named(name, .words(words))
        case .words(let words): return .array(.named(name, .words(words)))
        default: return kind.answer
        }
    }

    private var examples: [JSON.Member] {
        guard let example = shownExample else { return [] }
        return [.init(name: "examples", value: [example])]
    }

    private func about(isInput: Bool) -> Text {
        let what = help ?? label
        let roles = (isInput ? writers : readers).names
        guard let roles else { return what }
        return isInput
            ? Text("\(what.english) (set by \(roles) only)", es: "\(what.spanish) (solo lo cambia \(roles))")
            : Text("\(what.english) (shown to \(roles) only)", es: "\(what.spanish) (solo lo ve \(roles))")
    }
}

extension Access {
    fileprivate var names: String? {
        guard case .roles(let roles) = self else { return nil }
        return roles.isEmpty ? "–" : roles.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
