import Cryptography
import PostgreSQL
import Web

/// The account of a signed-in person who must prove it with the password once more.
///
/// - SQL: `api.own_account` (sql/functions/users/own_account.sql).
struct OwnAccount {
    /// The stored hash.
    private let stored: String
    private let owner: PasswordOwner
    let username: String
    /// Empty for a superuser, who has no site.
    let siteName: String

    /// - Throws: 401 for a dead token.
    init(_ context: Context) throws {
        let caller = try context.requireCaller()
        let row = try context.database.run(
            Statement(
                "select password_hash, username, first_name, last_name, email, site_name from api.own_account($1, $2, $3)",
                name: "own_account",
                parameters: [.integer(caller.userID), .integer(caller.tokenVersion), .integer(caller.sessionID)])
        ).single()
        stored = try row.text(0)
        username = try row.text(1)
        siteName = try row.text(5)
        owner = try PasswordOwner(row, from: 1)
    }

    /// Compares a password with the account's; a stolen token does not help to guess it, because every try counts like
    /// one to log in.
    ///
    /// - Throws: 400 that names the field when it is wrong, 429 after too many tries.
    func prove(_ password: String, as field: String, _ context: Context) throws {
        let attempt = LoginAttempt(username: username, context)
        let account = try attempt.begin(context)
        guard account.accepts(password) else {
            try attempt.refuse(account.user, context)
            throw HTTPError.invalid([FieldError(field, field == "password" ? Self.wrong : Self.wrongOld)])
        }
        try attempt.takeBack(context)
    }

    /// What sets a new password and answers with the next generation of tokens; every other session ends.
    ///
    /// - SQL: `api.change_password` (sql/functions/users/change_password.sql).
    /// - Parameter field: the name under which the faults of the password are told.
    /// - Throws: 400 with every fault.
    func change(to password: String, as field: String, _ context: Context) throws -> Statement {
        try PasswordPolicy.check(password, of: owner, as: field)
        let caller = try context.requireCaller()
        return Statement(
            "select generation, token_version, role, extract(epoch from issued_at)::bigint"
                + " from api.change_password($1, $2, $3, $4, $5, $6, $7)",
            name: "change_password",
            parameters: [
                .integer(caller.userID), .integer(caller.tokenVersion), .integer(caller.sessionID), .text(stored),
                .text(try PasswordHash.make(password).stored), .text(context.request.id),
                .text(context.request.address),
            ])
    }

    private static let wrong = Text("The password is incorrect.", es: "La contraseña no es correcta.")
    /// As Django's own form says it.
    private static let wrongOld = Text(
        "Your old password was entered incorrectly. Please enter it again.",
        es: "Su contraseña anterior es incorrecta. Vuelva a escribirla.")
}

extension PasswordOwner {
    /// User name, first name, last name, e-mail and name of the site, in neighbouring columns.
    init(_ row: Row, from first: Int) throws {
        self.init(
            username: try row.text(first), firstName: try row.text(first + 1), lastName: try row.text(first + 2),
            email: try row.text(first + 3), site: try row.text(first + 4))
    }
}
