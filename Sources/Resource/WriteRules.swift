package import OpenAPI
package import PostgreSQL
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
    /// Columns that no single field tells; nil for none.
    let derived: DerivedColumns?
    /// Faults of the texts a client sent, asked by field name.
    let validate: @Sendable ((String) -> String?, Context) throws -> [FieldError]

    /// What is left out, the table has not.
    package init(
        uniqueTogether: [[String]] = [], removal: String? = nil, warnings: String? = nil,
        connection: Connection? = nil, maximumRows: Int? = nil, derived: DerivedColumns? = nil,
        validate: @escaping @Sendable ((String) -> String?, Context) throws -> [FieldError] = { _, _ in [] }
    ) {
        self.uniqueTogether = uniqueTogether
        self.removal = removal
        self.warnings = warnings
        self.connection = connection
        self.maximumRows = maximumRows
        self.derived = derived
        self.validate = validate
    }
}

/// Columns that are worked out of a whole body, because what may stand in it depends on another field: the settings of a door
/// on its driver.
package struct DerivedColumns: Sendable {
    /// What the API's document tells of them in the body of a row that is new, or not.
    let properties: @Sendable (_ isNew: Bool) -> [Property]
    /// Reads them from what a client sent; the number is that of the row that is changed, which is locked by whoever reads it.
    let read: @Sendable (Form, Int64?, Context) throws -> Result

    /// What comes of a body.
    package struct Result {
        /// Columns, and what is written into each; one that is left out stays as it is.
        package var columns: [(name: String, parameter: Parameter)] = []
        /// What is wrong with what was sent.
        package var faults: [FieldError] = []

        /// Nothing yet.
        package init() {}
    }

    /// As the properties say.
    package init(
        properties: @escaping @Sendable (_ isNew: Bool) -> [Property],
        read: @escaping @Sendable (Form, Int64?, Context) throws -> Result
    ) {
        self.properties = properties
        self.read = read
    }
}

extension Resource {
    /// What its rules work out of a whole body.
    func derive(_ form: Form, _ id: Int64?, _ context: Context) throws -> DerivedColumns.Result {
        try rules.derived?.read(form, id, context) ?? DerivedColumns.Result()
    }

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
