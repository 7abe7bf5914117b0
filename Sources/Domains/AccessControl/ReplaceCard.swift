import Cryptography
import PostgreSQL
package import Web

/// Another number for the person of a card; the old one ends in the same transaction.
///
/// - SQL: `api.replace_access_code` (sql/functions/access_control/replace_access_code.sql).
package struct ReplaceCard: Action {
    private let id: Int64
    private let code: GateCode

    /// - Throws: 400 for a number that is none.
    package init(_ form: Form, of id: Int64) throws(HTTPError) {
        let text = try form.read { $0.text("code", maximum: GateCode.maximumLength) }
        guard let code = GateCode(reading: text) else { throw .invalid([FieldError("code", .noCode(text))]) }
        self.id = id
        self.code = code
    }

    /// - Returns: the number of the new row.
    package func perform(_ context: Context) throws -> Int64 {
        let keys = context.keys.codes
        let statement = Statement(
            "select api.replace_access_code($1, $2, $3, $4::integer, $5, $6::integer, $7::integer)",
            name: "replace_access_code",
            parameters: [
                .integer(id), .bytesArray(keys.tags(code)), .bytes(try keys.seal(code)),
                .integer(Int64(keys.generation)), .text(code.hint), .integer(code.digits),
                .integer(code.letters),
            ])
        return try context.run([statement])[0].single().integer(0)
    }
}
