import Cryptography
import OpenAPI
import PostgreSQL
package import Web

/// By a first code: from now on a log-in needs one, and every other session ends; the result are the recovery codes.
///
/// - SQL: `api.confirm_second_factor` (sql/functions/users/confirm_second_factor.sql).
package struct ConfirmSecondFactor: FormAction {
    package struct Body: RequestBody {
        let code = BodyField.secondFactorCode
    }

    package static let body = Body()

    private let code: String

    package init(code: String) { self.code = code }

    package init(_ fields: inout FieldReader) { self.init(code: fields.read(Self.body.code)) }

    /// - Throws: 400 for a code that is not right, 409 where there is nothing to confirm.
    package func perform(_ context: Context) throws -> [String] {
        let (secret, isConfirmed) = try context.beginOwnCode()
        guard !isConfirmed else { throw Self.inUse }
        let codes = RecoveryCodes()
        let step = TypedCode(code).parameters(secret, context)[0]
        try context.changeOwnFactor(
            "confirm_second_factor", "select * from api.confirm_second_factor($1, $2, $3, $4, $5, $6, $7)",
            [step, codes.tags(secret)])
        return codes.texts
    }

    private static let inUse = HTTPError(
        409, Text("A second factor is already in use.", es: "Ya hay un segundo factor en uso."),
        code: "second_factor_in_use")
}
