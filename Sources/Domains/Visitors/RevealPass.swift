import Cryptography
import PostgreSQL
import Resource
package import Web

/// A pass once more in clear, with its link.
///
/// The secret of a one-time pass was shown at issue and is shown no more.
///
/// - SQL: `api.reveal_code`, `api.code_for_display`, `api.link_for_display` (sql/functions/visitors/).
package struct RevealPass: Action {
    /// Who looks.
    package enum Reader: Sendable {
        /// An administrator: that it was looked at is in the audit by then.
        case administrator
        /// The household that expects the visitor; for ten minutes whoever issued it.
        case household
    }

    private let id: Int64
    private let reader: Reader
    private let columns: PassColumns

    package init(_ id: Int64, for reader: Reader = .administrator, reading columns: PassColumns) {
        self.id = id
        self.reader = reader
        self.columns = columns
    }

    /// - Throws: 404 for a pass that this caller may not see, 409 (to an administrator) when the code is not kept.
    package func perform(_ context: Context) throws -> RevealedPass {
        let (name, function) =
            reader == .administrator
            ? ("reveal_code", "api.reveal_code($1)") : ("code_for_display", "api.code_for_display($1)")
        let results = try context.run([
            Statement(
                "select sealed, tag, key_version, code_type from \(function)", name: name,
                parameters: [.integer(id)]),
            Statement(
                "select sealed, tag, key_version from api.link_for_display($1)", name: "link_for_display",
                parameters: [.integer(id)]),
            temporaryCodes.rowStatement(columns.sql, .number(id), name: "revealed \(columns.name)"),
        ])
        guard let sealed = results[0].first else { throw HTTPError.notFound(temporaryCodes.model) }
        return RevealedPass(
            try Self.open(sealed, context), CodeType(rawValue: try sealed.text(3)),
            try results[1].first.map { PassLink(token: try Self.open($0, context)) }, try results[2].single(),
            issuedWith: nil)
    }

    /// What is sealed in a row of sealed text, tag and generation.
    private static func open(_ row: Row, _ context: Context) throws -> GateCode {
        let text = try context.keys.codes.open(
            try row.bytes(0), tag: try row.bytes(1), generation: Int(try row.integer(2)))
        guard let code = GateCode(reading: text) else { throw HTTPError.internalError }
        return code
    }
}
