package import PostgreSQL

/// A reference in a file that is kept by the row it leads to, and not by the row of the file.
///
/// Statements of the declaring domain find what cannot be connected, connect, and take a connection back.
package struct Connection: Sendable {
    /// The name of the reference, whose field has no column.
    package let field: String
    /// The name of the field that tells the rows of the file apart.
    package let key: String
    private let takenSQL: String
    private let connectSQL: String
    private let disconnectSQL: String

    /// - Parameters:
    ///   - taken: answers those pairs of `$1::text[]` and `$2::bigint[]` whose number is connected to another row than the
    ///     key.
    ///   - connect: connects keys (`$1`) to numbers (`$2`) and answers the keys that were not connected before.
    ///   - disconnect: frees what is connected to the rows of these numbers (`$1::bigint[]`), as far as they may be deleted.
    package init(_ field: String, by key: String, taken: String, connect: String, disconnect: String) {
        self.field = field
        self.key = key
        takenSQL = taken
        connectSQL = connect
        disconnectSQL = disconnect
    }

    /// Asks which of these are connected to another row.
    package func taken(_ pairs: [(key: String, number: Int64)]) -> Statement { statement(takenSQL, pairs) }

    /// Connects them; the keys that are new to it.
    package func connect(_ pairs: [(key: String, number: Int64)]) -> Statement { statement(connectSQL, pairs) }

    /// Before the rows of these numbers are deleted.
    package func disconnect(_ ids: [Int64]) -> Statement {
        Statement(disconnectSQL, parameters: [.integerArray(ids)])
    }

    private func statement(_ sql: String, _ pairs: [(key: String, number: Int64)]) -> Statement {
        Statement(sql, parameters: [.textArray(pairs.map(\.key)), .integerArray(pairs.map(\.number))])
    }
}
