/// One SQL statement and its parameters.
package struct Statement: Sendable {
    /// The text, with `$1`, `$2` and so on for the parameters.
    ///
    /// Never built from input.
    package let sql: String
    /// Under this name the statement is prepared once per connection; nil for statements run rarely.
    package let name: String?
    /// The values for `$1`, `$2`, ...
    package let parameters: [Parameter]

    /// - Parameters:
    ///   - sql: constant text, or text composed of constants.
    ///   - name: belongs to one text only; under a name that is taken another text runs unprepared.
    package init(_ sql: String, name: String? = nil, parameters: [Parameter] = []) {
        self.sql = sql
        self.name = name
        self.parameters = parameters
    }
}

/// A value for a statement.
///
/// The server infers the SQL type from where it is used.
package enum Parameter: Equatable, Sendable {
    /// SQL null.
    case null
    /// Any type that has a text form: text, numeric, dates, jsonb, ...
    case text(String)
    /// smallint, integer or bigint.
    case integer(Int64)
    /// boolean.
    case bool(Bool)
    /// `bytea`, sent in binary.
    case bytes([UInt8])
    /// `text[]` without nulls.
    case textArray([String])
    /// `bytea[]` without nulls.
    case bytesArray([[UInt8]])
    /// `smallint[]`, `integer[]` or `bigint[]` without nulls.
    case integerArray([Int64])
}

extension Parameter {
    /// The value, or null when there is none.
    package static func optionalText(_ value: String?) -> Parameter { value.map { .text($0) } ?? .null }

    /// The value, or null when there is none.
    package static func optionalInteger(_ value: Int64?) -> Parameter { value.map { .integer($0) } ?? .null }
}
