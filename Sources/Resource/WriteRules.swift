import PostgreSQL
package import Web

/// What holds for a row of a table beyond what its single fields say.
package struct WriteRules: Sendable {
    /// Names of fields that must differ together, beside the single unique ones.
    let uniqueTogether: [[String]]
    /// Deletes the row `$1` and answers its number, nothing or null when the caller may not see it; nil: a plain `delete`.
    ///
    /// The photo goes with the row: a table that keeps it must not have one.
    let removal: String?
    /// Answers sentences in English and Spanish about the rows that the request `$1` has written, none of which is a fault;
    /// nil for none.
    let warnings: String?
    /// A reference of files that another table keeps; nil for none.
    let connection: Connection?
    /// How many rows a file may have at most; nil for the usual number.
    let maximumRows: Int?
    /// Faults of the texts a client sent, asked by field name.
    let validate: @Sendable ((String) -> String?, Context) throws -> [FieldError]

    /// What is left out, the table has not.
    package init(
        uniqueTogether: [[String]] = [], removal: String? = nil, warnings: String? = nil,
        connection: Connection? = nil, maximumRows: Int? = nil,
        validate: @escaping @Sendable ((String) -> String?, Context) throws -> [FieldError] = { _, _ in [] }
    ) {
        self.uniqueTogether = uniqueTogether
        self.removal = removal
        self.warnings = warnings
        self.connection = connection
        self.maximumRows = maximumRows
        self.validate = validate
    }
}

extension Resource {
    /// A reference of files that another table keeps.
    package var connection: Connection? { rules.connection }
    /// How many rows a file may have at most; nil for the usual number.
    package var maximumRows: Int? { rules.maximumRows }

    /// What a person should know of the rows that this request has written.
    package func warnings(_ context: Context) throws -> [Text] {
        guard let sql = rules.warnings else { return [] }
        let statement = Statement(sql, name: "warnings of \(tableName)", parameters: [.text(context.request.id)])
        return try context.run([statement])[0].map { Text(try $0.text(0), es: try $0.text(1)) }
    }
}
