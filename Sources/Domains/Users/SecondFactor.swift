package import Cryptography
import PostgreSQL
package import QRCode
import Resource
package import Web

/// One's own second factor, for API and pages alike.
///
/// - SQL: `api.second_factor`, `api.start_second_factor`, `api.begin_own_code`, `api.confirm_second_factor`,
///   `api.disable_second_factor`, `api.renew_recovery_codes` (sql/functions/users/).
package struct SecondFactor {
    private let context: Context
    private let caller: Caller

    /// - Throws: 401 for nobody.
    package init(_ context: Context) throws(HTTPError) {
        self.context = context
        caller = try context.requireCaller()
    }

    /// What is known of it.
    package struct State {
        /// Whether the site demands one of this role.
        package let isRequired: Bool
        /// Since when a log-in needs a code; nil where it does not.
        package let confirmedAt: String?
        /// How many recovery codes were not used yet.
        package let recoveryCodesLeft: Int64
    }

    /// What an authenticator learns, this once.
    package struct Enrolment {
        /// The letters a person types where the picture cannot be read.
        package let secret: AuthenticatorSecret
        /// What the picture holds.
        package let uri: String

        /// The picture.
        package var picture: QRCode { get throws { try QRCode(text: uri) } }
    }

    /// Whether one is required and in use.
    package func state() throws -> State {
        let row = try run(
            "second_factor",
            "select is_required, confirmed_at::text, recovery_codes_left from api.second_factor($1, $2, $3)"
        ).single()
        return State(
            isRequired: try row.bool(0), confirmedAt: try row.optionalText(1).map(WireTime.timestamp),
            recoveryCodesLeft: row.isNull(2) ? 0 : try row.integer(2))
    }

    /// Makes a secret; nothing asks for it before it is confirmed, and another start replaces it.
    /// - Throws: 400 for a wrong password, 409 where one is in use.
    package func start(password: String) throws -> Enrolment {
        let account = try OwnAccount(context)
        try account.prove(password, as: "password", context)
        let secret = AuthenticatorSecret.random()
        let sealed = try secret.sealed(for: caller.userID, with: context.keys.factors)
        _ = try run(
            "start_second_factor",
            "select * from api.start_second_factor($1, $2, $3, $4, $5, $6, $7)",
            [.bytes(sealed), .integer(Int64(context.keys.factors.generation))] + traces)
        let site = account.siteName.isEmpty ? "Garita" : account.siteName
        return Enrolment(secret: secret, uri: secret.uri(issuer: site, account: account.username))
    }

    /// From now on a log-in needs a code; ends every other session.
    /// - Returns: ten recovery codes, shown this once.
    /// - Throws: 400 for a code that is not right, 409 where there is nothing to confirm.
    package func confirm(code: String) throws -> [String] {
        let (secret, isConfirmed) = try begin()
        guard !isConfirmed else { throw Self.inUse }
        let codes = Self.makeRecoveryCodes()
        let step = TypedCode(code).parameters(secret, context)[0]
        let tags = Parameter.bytesArray(codes.map(secret.tag(ofRecoveryCode:)))
        try require(
            run(
                "confirm_second_factor",
                "select * from api.confirm_second_factor($1, $2, $3, $4, $5, $6, $7)", [step, tags] + traces))
        return codes
    }

    /// Takes it away.
    /// - Throws: 400 for a wrong password or code.
    package func disable(password: String, code: String) throws {
        let secret = try prove(password)
        try require(
            run(
                "disable_second_factor",
                "select * from api.disable_second_factor($1, $2, $3, $4, $5, $6, $7)",
                TypedCode(code).parameters(secret, context) + traces))
    }

    /// Puts new recovery codes in the place of all before.
    /// - Returns: ten, shown this once.
    /// - Throws: 400 for a wrong password or code.
    package func renewRecoveryCodes(password: String, code: String) throws -> [String] {
        let secret = try prove(password)
        let codes = Self.makeRecoveryCodes()
        let tags = Parameter.bytesArray(codes.map(secret.tag(ofRecoveryCode:)))
        try require(
            run(
                "renew_recovery_codes",
                "select * from api.renew_recovery_codes($1, $2, $3, $4, $5, $6, $7, $8)",
                TypedCode(code).parameters(secret, context) + [tags] + traces))
        return codes
    }

    /// The password first; only then the code is counted and looked at.
    private func prove(_ password: String) throws -> AuthenticatorSecret {
        try OwnAccount(context).prove(password, as: "password", context)
        return try begin().secret
    }

    private func begin() throws -> (secret: AuthenticatorSecret, isConfirmed: Bool) {
        let rows = try run(
            "begin_own_code",
            "select wait_seconds, secret_sealed, key_version, is_confirmed from api.begin_own_code($1, $2, $3)")
        guard rows.count == 1 else { throw Self.missing }
        let secret = try CountedSecret(rows[0], of: caller.userID, context).secret
        return (secret, try rows[0].bool(3))
    }

    private func require(_ rows: Rows) throws {
        guard try rows.single().bool(0) else { throw TypedCode.wrong() }
    }

    private func run(_ name: String, _ sql: String, _ parameters: [Parameter] = []) throws -> Rows {
        let own: [Parameter] = [
            .integer(caller.userID), .integer(caller.tokenVersion), .integer(caller.sessionID),
        ]
        return try context.database.run(Statement(sql, name: name, parameters: own + parameters))
    }

    private var traces: [Parameter] { [.text(context.request.id), .text(context.request.address)] }

    private static func makeRecoveryCodes() -> [String] {
        var generator = SystemRandomNumberGenerator()
        return (0..<10).map { _ in RandomCode.recovery(using: &generator) }
    }

    private static let missing = HTTPError(
        409, Text("There is no second factor yet: start one.", es: "Aún no hay segundo factor: comience uno."),
        code: "second_factor_missing")
    private static let inUse = HTTPError(
        409, Text("A second factor is in use already.", es: "Ya hay un segundo factor en uso."),
        code: "second_factor_in_use")
}
