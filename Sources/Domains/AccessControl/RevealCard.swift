import Cryptography
import PostgreSQL
package import Web

/// The number of a card in clear; that it was looked at is in the audit by then.
///
/// - SQL: `api.reveal_access_code` (sql/functions/access_control/reveal_access_code.sql).
package struct RevealCard: RowAction {
    let id: Int64

    package init(_ id: Int64) { self.id = id }

    package func perform(_ context: Context) throws -> String {
        let statement = Statement(
            "select sealed, tag, key_version from api.reveal_access_code($1)", name: "reveal_access_code",
            parameters: [.integer(id)])
        let row = try context.run([statement])[0].single()
        return try context.keys.codes.open(
            try row.bytes(0), tag: try row.bytes(1), generation: Int(try row.integer(2)))
    }
}
