package import Cryptography
import OpenAPI
import PostgreSQL
package import QRCode
package import Web

/// Makes a secret for an authenticator; nothing asks for it before it is confirmed, and another start replaces it.
///
/// - SQL: `api.start_second_factor` (sql/functions/users/start_second_factor.sql).
package struct StartSecondFactor: FormAction {
    package struct Body: RequestBody {
        let password = BodyField.ownPassword
    }

    package static let body = Body()

    private let password: String

    package init(password: String) { self.password = password }

    package init(_ fields: inout FieldReader) { self.init(password: fields.read(Self.body.password)) }

    /// - Throws: 400 for a wrong password, 409 where one is in use.
    package func perform(_ context: Context) throws -> SecondFactorEnrolment {
        let account = try OwnAccount(context)
        try account.prove(password, as: "password", context)
        let secret = AuthenticatorSecret.random()
        let sealed = try secret.sealed(for: context.requireCaller().userID, with: context.keys.factors)
        _ = try context.runOnOwnFactor(
            "start_second_factor", "select * from api.start_second_factor($1, $2, $3, $4, $5, $6, $7)",
            [
                .bytes(sealed), .integer(Int64(context.keys.factors.generation)), .text(context.request.id),
                .text(context.request.address),
            ])
        let site = account.siteName.isEmpty ? "Garita" : account.siteName
        return SecondFactorEnrolment(secret: secret, uri: secret.uri(issuer: site, account: account.username))
    }
}

/// What an authenticator learns, this once.
package struct SecondFactorEnrolment {
    /// The letters a person types where the picture cannot be read.
    package let secret: AuthenticatorSecret
    /// What the picture holds.
    package let uri: String

    /// The picture.
    package var picture: QRCode { get throws { try QRCode(text: uri) } }
}
