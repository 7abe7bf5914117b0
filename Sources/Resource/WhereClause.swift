package import PostgreSQL
package import Web

/// The `where` of a list: declared fragments and the values that travel beside them.
///
/// No text of a client is in it.
package struct WhereClause {
    private var fragments: [String] = []
    /// The values, `$1` first.
    package private(set) var parameters: [Parameter] = []

    /// Every row.
    package init() {}

    /// Whether every row will do.
    package var isEmpty: Bool { fragments.isEmpty }

    /// Only rows of which this holds, too.
    package mutating func add(_ fragment: String) {
        fragments.append("(\(fragment))")
    }

    /// Takes a value along and gives its number, for a fragment to be added.
    mutating func bind(_ value: FieldValue) -> String {
        parameters.append(value.parameter)
        return "$\(parameters.count)"
    }

    /// Every `?` of the fragment becomes the value's number.
    package mutating func add(_ fragment: String, _ value: FieldValue) {
        parameters.append(value.parameter)
        let parts = fragment.split(separator: "?", omittingEmptySubsequences: false)
        fragments.append("(\(parts.joined(separator: "$\(parameters.count)")))")
    }

    /// Only rows of which all of these hold, or else the other one, which may be missing.
    mutating func add(_ all: [(String, FieldValue)], or other: (String, FieldValue)?) {
        guard let other, !all.isEmpty else {
            for (fragment, value) in all { add(fragment, value) }
            return
        }
        let begun = fragments.count
        for (fragment, value) in all { add(fragment, value) }
        let both = "(" + fragments[begun...].joined(separator: " and ") + ")"
        fragments.removeSubrange(begun...)
        add(other.0, other.1)
        fragments[begun] = "(\(both) or \(fragments[begun]))"
    }

    /// ` where …`, or nothing.
    package var sql: String {
        fragments.isEmpty ? "" : " where " + fragments.joined(separator: " and ")
    }
}

extension FieldValue {
    /// As PostgreSQL receives it: text without a type, so that the column decides.
    package var parameter: Parameter {
        switch self {
        case .null: .null
        case .text(let text): .text(text)
        case .integer(let number): .integer(number)
        case .integers(let numbers): .integerArray(numbers)
        case .texts(let texts): .textArray(texts)
        case .boolean(let value): .bool(value)
        case .file(let file): .bytes(file.bytes)
        }
    }
}
