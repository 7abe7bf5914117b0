package import PostgreSQL
import Web

/// Switches the device of a gate off for good.
///
/// - SQL: `api.revoke_device` (sql/functions/devices/revoke_device.sql).
package struct RevokeDevice: RowAction, StatementAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package var statement: Statement {
        Statement("select api.revoke_device($1)", name: "revoke_device", parameters: [.integer(id)])
    }
}
