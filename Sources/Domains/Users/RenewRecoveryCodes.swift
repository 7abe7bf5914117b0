import OpenAPI
import PostgreSQL
package import Web

/// Puts ten new recovery codes in the place of all before; the result are the new ones, shown this once.
///
/// - SQL: `api.renew_recovery_codes` (sql/functions/users/renew_recovery_codes.sql).
package struct RenewRecoveryCodes: FormAction {
    package static let body = PasswordAndCode()

    private let proof: SecondFactorProof

    package init(password: String, code: String) { proof = SecondFactorProof(password: password, code: code) }

    package init(_ fields: inout FieldReader) { proof = SecondFactorProof(Self.body, &fields) }

    /// - Throws: 400 for a wrong password or code.
    package func perform(_ context: Context) throws -> [String] {
        let (secret, code) = try proof.begin(context)
        let codes = RecoveryCodes()
        try context.changeOwnFactor(
            "renew_recovery_codes", "select * from api.renew_recovery_codes($1, $2, $3, $4, $5, $6, $7, $8)",
            code + [codes.tags(secret)])
        return codes.texts
    }
}
