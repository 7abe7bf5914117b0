package import Web

/// What holds for a row of a table beyond what its single fields say.
package struct WriteRules: Sendable {
    /// Names of fields that must differ together, beside the single unique ones.
    let uniqueTogether: [[String]]
    /// Deletes the row `$1` and answers its number, nothing or null when the caller may not see it; nil: a plain `delete`.
    ///
    /// The photo goes with the row: a table that keeps it must not have one.
    let removal: String?
    /// Faults of the texts a client sent, asked by field name.
    let validate: @Sendable ((String) -> String?, Context) throws -> [FieldError]

    /// What is left out, the table has not.
    package init(
        uniqueTogether: [[String]] = [], removal: String? = nil,
        validate: @escaping @Sendable ((String) -> String?, Context) throws -> [FieldError] = { _, _ in [] }
    ) {
        self.uniqueTogether = uniqueTogether
        self.removal = removal
        self.validate = validate
    }
}
