import OpenAPI
import PostgreSQL
package import Web

/// Takes one's own second factor away: a log-in needs a password alone again.
///
/// - SQL: `api.disable_second_factor` (sql/functions/users/disable_second_factor.sql).
package struct DisableSecondFactor: FormAction {
    package static let body = PasswordAndCode()

    private let proof: SecondFactorProof

    package init(password: String, code: String) { proof = SecondFactorProof(password: password, code: code) }

    package init(_ fields: inout FieldReader) { proof = SecondFactorProof(Self.body, &fields) }

    /// - Throws: 400 for a wrong password or code.
    package func perform(_ context: Context) throws {
        try context.changeOwnFactor(
            "disable_second_factor", "select * from api.disable_second_factor($1, $2, $3, $4, $5, $6, $7)",
            proof.begin(context).code)
    }
}
