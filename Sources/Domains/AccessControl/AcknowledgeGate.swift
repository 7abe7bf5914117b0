package import PostgreSQL
import Web

/// Somebody has looked at a gate where many wrong codes were tried; short codes work there again.
///
/// - SQL: `api.acknowledge_gate` (sql/functions/access_control/acknowledge_gate.sql).
package struct AcknowledgeGate: RowAction, StatementAction {
    private let id: Int64

    /// - Parameter id: of the gate; 0 is that of requests which name none.
    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.acknowledge_gate($1)", name: "acknowledge_gate", parameters: [.integer(id)])
    }
}
