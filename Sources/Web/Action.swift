package import PostgreSQL

/// One thing that the database does for whoever asks: its stored properties are its input.
///
/// API and pages are faces of it: each reads the input its own way and makes its own answer of the result.
package protocol Action: SendableMetatype {
    /// What there is to tell of it.
    associatedtype Result = Void

    /// Does it.
    ///
    /// - Throws: `HTTPError`, or `DatabaseError`, which `HTTPError.init(_:)` turns into an answer.
    func perform(_ context: Context) throws -> Result
}

/// An action that needs nothing but the number of a row.
package protocol RowAction: Action {
    /// - Parameter id: the number of the row.
    init(_ id: Int64)
}

/// An action that is one statement, so that whoever wants to know how it left a row can ask in the same round trip.
package protocol StatementAction: Action {
    /// What does it.
    var statement: Statement { get }

    /// What the rows say that the statement answered.
    func result(of rows: Rows) throws -> Result
}

extension StatementAction {
    /// Runs the statement.
    @discardableResult
    package func perform(_ context: Context) throws -> Result {
        try result(of: context.run([statement])[0])
    }
}

extension StatementAction where Result == Void {
    /// Nothing.
    package func result(of rows: Rows) {}
}
