import Cryptography
import PostgreSQL
import Resource
package import Web

/// A pass once more in clear, for an administrator; that it was looked at is in the audit by then.
///
/// The secret of a one-time pass was shown at issue and is shown no more.
///
/// - SQL: `api.reveal_code` (sql/functions/visitors/reveal_code.sql).
package struct RevealPass: Action {
    private let id: Int64
    private let columns: PassColumns

    package init(_ id: Int64, reading columns: PassColumns) {
        self.id = id
        self.columns = columns
    }

    package func perform(_ context: Context) throws -> RevealedPass {
        let results = try context.run([
            Statement(
                "select sealed, tag, key_version, code_type from api.reveal_code($1)", name: "reveal_code",
                parameters: [.integer(id)]),
            temporaryCodes.rowStatement(columns.sql, .number(id), name: "revealed \(columns.name)"),
        ])
        let sealed = try results[0].single()
        let text = try context.keys.codes.open(
            try sealed.bytes(0), tag: try sealed.bytes(1), generation: Int(try sealed.integer(2)))
        guard let code = GateCode(reading: text) else { throw HTTPError.internalError }
        return RevealedPass(
            code, CodeType(rawValue: try sealed.text(3)), try results[1].single(), issuedWith: nil)
    }
}
