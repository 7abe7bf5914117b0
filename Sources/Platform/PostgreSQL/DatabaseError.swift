/// Why the database did not do what was asked.
package enum DatabaseError: Error, Equatable {
    /// Certainly not executed: no connection could be had, or it ended before anything could be committed.
    case unavailable(facts: String)
    /// The deadline passed; the connection was closed. May or may not have been executed.
    case timeout
    /// The connection was lost after the statements were sent. May or may not have been executed.
    case outcomeUnknown(facts: String)
    /// The database refused; nothing was executed, everything of the same call was rolled back.
    case refused(SQLError)
    /// A fault of this program: wrong type asked for, protocol misused.
    case unexpected(facts: String)
}

/// The error with which PostgreSQL refused a statement.
package struct SQLError: Error, Equatable, Sendable {
    /// The five characters of SQLSTATE, such as "23505", or "GA404" for our own errors.
    package let state: String
    /// The primary message.
    ///
    /// Safe to show only if ``isOurs``.
    package let message: String
    /// The message in Spanish; only of our own errors, because PostgreSQL's details quote values.
    package let detail: String?
    /// The hint; for our own errors a stable code or a field name.
    package let hint: String?
    /// The name of the violated constraint, if any.
    package let constraint: String?
    /// The column concerned, if any.
    package let column: String?
    /// The table concerned, if any.
    package let table: String?

    /// The fields of libpq's result; those that PostgreSQL did not send are nil.
    package init(
        state: String, message: String, detail: String? = nil, hint: String? = nil, constraint: String? = nil,
        column: String? = nil, table: String? = nil
    ) {
        self.state = state
        self.message = message
        self.detail = state.hasPrefix(Self.ours) ? detail : nil
        self.hint = hint
        self.constraint = constraint
        self.column = column
        self.table = table
    }

    /// Whether our own SQL raised it for the client to see (`GA400`, `GA404`, ...).
    package var isOurs: Bool { state.hasPrefix(Self.ours) }

    private static let ours = "GA"

    /// Whether other values would have been taken: a data exception, a violated constraint, a missing right on a row, or
    /// a rule of ours.
    package var isAboutValues: Bool {
        isOurs || state == "42501" || ["22", "23", "44"].contains { state.hasPrefix($0) }
    }
}

extension DatabaseError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Safe to show to anybody: no values, and no words of the server except those our own SQL chose.
    package var description: String {
        switch self {
        case .unavailable: "the database is not available"
        case .timeout: "the database did not answer in time"
        case .outcomeUnknown: "the database connection was lost; the outcome is unknown"
        case .refused(let error) where error.isOurs: error.message
        case .refused(let error): "the database refused the statement (\(error.state))"
        case .unexpected: "unexpected answer of the database"
        }
    }

    /// The facts for the log.
    ///
    /// Holds no parameter values.
    package var debugDescription: String {
        switch self {
        case .unavailable(let facts), .outcomeUnknown(let facts), .unexpected(let facts): "\(description): \(facts)"
        case .timeout: description
        case .refused(let error): error.facts
        }
    }
}

extension SQLError {
    /// State, names and, where PostgreSQL puts no values into it, the message.
    var facts: String {
        let names = [("constraint", constraint), ("table", table), ("column", column)]
            .compactMap { name, value in value.map { " \(name)=\($0)" } }.joined()
        return "SQLSTATE \(state)\(names)" + (messageMayHoldValues ? "" : ": \(message)")
    }

    /// Data exceptions quote the offending value; so may a `raise` without a state of ours.
    private var messageMayHoldValues: Bool {
        state.hasPrefix("22") || state.hasPrefix("P0")
    }
}
