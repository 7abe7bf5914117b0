import JSON
package import Web

/// One declared query parameter of a list.
package struct Filter: Sendable {
    /// The legacy API's name.
    package let name: String
    /// What its value is read as.
    package let kind: FieldKind
    private let meaning: Meaning
    /// What it keeps; nil where the name says it.
    package let about: Text?
    /// What a person calls it, where no field has its name.
    package private(set) var label: Text?
    /// The table that a number of it leads to, where no field has its name.
    package private(set) var target: String?

    /// The values it is asked for, where no field has its name.
    package private(set) var choices: [FieldChoice] = []
    /// The API passes over it, as the legacy API did; pages filter by it.
    private(set) var isForPages = false

    /// Whether a person who names a day means all of it.
    private var isWholeDay = false

    private enum Meaning: Sendable {
        /// The condition, `?` standing for the value.
        case condition(String)
        /// Conditions for true and for anything else; nil filters nothing.
        case flag(whenTrue: String, otherwise: String?)
    }

    /// A column that must equal the value.
    package static func equals(_ name: String, _ expression: String, _ kind: FieldKind) -> Filter {
        Filter(name: name, kind: kind, meaning: .condition("\(expression) = ?"), about: nil)
    }

    /// A condition over `t` with `?` for the value.
    package static func condition(_ name: String, _ kind: FieldKind, _ sql: String, _ about: Text? = nil) -> Filter {
        Filter(name: name, kind: kind, meaning: .condition(sql), about: about)
    }

    /// `true` means the condition; the legacy API ignores anything else, or takes it for false.
    package static func flag(
        _ name: String, whenTrue: String, otherwise: String? = nil, about: Text? = nil
    ) -> Filter {
        Filter(name: name, kind: .boolean, meaning: .flag(whenTrue: whenTrue, otherwise: otherwise), about: about)
    }

    /// With what a page needs that shows it.
    ///
    /// - Parameter target: the table that a number of it leads to.
    package func labelled(_ label: Text, of target: String? = nil) -> Filter {
        var filter = self
        filter.label = label
        filter.target = target
        return filter
    }

    /// With the values that a page offers.
    package func offering(_ choices: [FieldChoice]) -> Filter {
        var filter = self
        filter.choices = choices
        return filter
    }

    /// The API does not know it.
    package func forPages() -> Filter {
        var filter = self
        filter.isForPages = true
        return filter
    }

    /// Of a moment that something ends with: a person who names a day means all of it.
    package func throughTheDay() -> Filter {
        var filter = self
        filter.isWholeDay = true
        return filter
    }

    /// What a person means who chose this in a form; the API takes its clients at their word.
    package func meaning(of text: String) -> String {
        isWholeDay && text.utf8.count == 10 ? "\(text)T23:59:59.999999" : text
    }

    /// Whether `false` asks for something, too.
    package var hasOpposite: Bool {
        if case .flag(_, let otherwise) = meaning { otherwise != nil } else { false }
    }

    /// Adds what the query asks for; an absent or blank parameter asks for nothing.
    /// - Returns: the value asked for, nil for none.
    /// - Throws: 400 with the parameter named, where the legacy API failed with 500.
    package func add(_ text: String?, to conditions: inout WhereClause) throws(HTTPError) -> FieldValue? {
        guard let text, !text.isEmpty else { return nil }
        switch meaning {
        case .flag(let whenTrue, let otherwise):
            if text == "true" { conditions.add(whenTrue) } else if let otherwise { conditions.add(otherwise) }
            return .boolean(text == "true")
        case .condition(let sql):
            let value = try value(text)
            conditions.add(sql, value)
            return value
        }
    }

    private func value(_ text: String) throws(HTTPError) -> FieldValue {
        switch kind {
        case .choice: return .text(text)  // an unknown word finds nothing, as in the legacy API
        default: return try Self.value(kind, text, name)
        }
    }

    /// Of a reference a number that no row can have is 0: as in the legacy API, it finds nothing.
    package static func value(_ kind: FieldKind, _ text: String, _ name: String) throws(HTTPError) -> FieldValue {
        if kind == .reference, isTooLargeNumber(text) { return .integer(0) }
        switch kind.parse(.string(text)) {
        case .success(let value): return value
        case .failure(let fault): throw .invalid(fault.errors(of: name))
        }
    }

    /// More digits than an identifier can have, with or without a sign.
    private static func isTooLargeNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        return digits.count > 18 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
