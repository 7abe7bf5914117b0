import Cryptography
import OpenAPI
import PostgreSQL
import Web

/// The fields of a request's body that prove an account with a second factor once more.
package struct PasswordAndCode: RequestBody {
    let password = BodyField.ownPassword
    let code = BodyField.secondFactorCode
}

/// That proof: the password first; only then the code is counted and looked at.
struct SecondFactorProof {
    private let password: String
    private let code: String

    init(password: String, code: String) {
        self.password = password
        self.code = code
    }

    init(_ body: PasswordAndCode, _ fields: inout FieldReader) {
        self.init(password: fields.read(body.password), code: fields.read(body.code))
    }

    /// The secret that the code is compared with, and the code as the database takes it.
    ///
    /// - Throws: 400 for a wrong password, 409 where there is no second factor, 429 after too many tries.
    func begin(_ context: Context) throws -> (secret: AuthenticatorSecret, code: [Parameter]) {
        try OwnAccount(context).prove(password, as: "password", context)
        let secret = try context.beginOwnCode().secret
        return (secret, TypedCode(code).parameters(secret, context))
    }
}

extension Context {
    /// Runs a function of the database about the caller's own second factor: who calls are its first three parameters.
    func runOnOwnFactor(_ name: String, _ sql: String, _ parameters: [Parameter] = []) throws -> Rows {
        let caller = try requireCaller()
        let own: [Parameter] = [
            .integer(caller.userID), .integer(caller.tokenVersion), .integer(caller.sessionID),
        ]
        return try database.run(Statement(sql, name: name, parameters: own + parameters))
    }

    /// Runs one that changes it, and writes down whence.
    ///
    /// - Throws: 400 where the database does not take the code.
    func changeOwnFactor(_ name: String, _ sql: String, _ parameters: [Parameter]) throws {
        let traces: [Parameter] = [.text(request.id), .text(request.address)]
        guard try runOnOwnFactor(name, sql, parameters + traces).single().bool(0) else { throw TypedCode.wrong() }
    }

    /// Counts a try with a code.
    ///
    /// - SQL: `api.begin_own_code` (sql/functions/users/begin_own_code.sql).
    /// - Throws: 409 where there is no second factor, 429 after too many tries.
    func beginOwnCode() throws -> (secret: AuthenticatorSecret, isConfirmed: Bool) {
        let rows = try runOnOwnFactor(
            "begin_own_code",
            "select wait_seconds, secret_sealed, key_version, is_confirmed from api.begin_own_code($1, $2, $3)")
        guard rows.count == 1 else { throw Self.noSecondFactor }
        let secret = try CountedSecret(rows[0], of: requireCaller().userID, self).secret
        return (secret, try rows[0].bool(3))
    }

    private static let noSecondFactor = HTTPError(
        409, Text("There is no second factor yet: start one.", es: "Aún no hay segundo factor: comience uno."),
        code: "second_factor_missing")
}

/// Ten codes that stand in for the authenticator, once each; shown this once.
struct RecoveryCodes {
    let texts: [String]

    init() {
        var generator = SystemRandomNumberGenerator()
        texts = (0..<10).map { _ in RandomCode.recovery(using: &generator) }
    }

    /// As the database keeps them.
    func tags(_ secret: AuthenticatorSecret) -> Parameter { .bytesArray(texts.map(secret.tag(ofRecoveryCode:))) }
}

extension BodyField where Value == String {
    /// Asked once more of who is signed in.
    static var ownPassword: BodyField {
        .text(
            "password", maximum: 1024, Text("One's own password.", es: "La propia contraseña."),
            example: "cuatro-nubes-rosa-91", isSecret: true)
    }

    /// Six digits or a recovery code.
    static var secondFactorCode: BodyField {
        .text(
            "code", maximum: 100,
            Text(
                "Six digits of the authenticator, or a recovery code.",
                es: "Seis dígitos de la aplicación de autenticación, o un código de recuperación."),
            example: "492039", isSecret: true)
    }
}
