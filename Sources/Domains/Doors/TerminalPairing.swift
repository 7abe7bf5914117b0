package import PostgreSQL
import Web

/// For ten minutes the terminal of a door may register.
///
/// - SQL: `api.open_pairing` (sql/functions/terminals/open_pairing.sql).
package struct PairTerminal: RowAction, StatementAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.open_pairing($1)", name: "open_pairing", parameters: [.integer(id)])
    }
}

/// The terminal of a door is not known any more.
///
/// - SQL: `api.end_pairing` (sql/functions/terminals/end_pairing.sql).
package struct EndPairing: RowAction, StatementAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.end_pairing($1)", name: "end_pairing", parameters: [.integer(id)])
    }
}
