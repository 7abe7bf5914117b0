import Cryptography
import JSON
import PostgreSQL
import Resource
import Web

/// The token of a one-time link that sets a password: shown to whoever makes it, kept nowhere.
package struct PasswordLink {
    /// 43 letters: 256 random bits.
    package let token: String

    package init() {
        token = Base64URL.encode(RandomBytes.make(count: 32))
    }
}

/// `POST /api/users/{id}/password_link/`: an administrator makes a one-time link for an account of the site.
///
/// A link made before is replaced; the account's present password stays until the link is used.
/// - SQL: `api.make_password_link` (sql/functions/users/make_password_link.sql).
struct MakePasswordLink: Handler {
    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        let link = PasswordLink()
        let tag = context.keys.accounts.tag(.passwordLink, link.token)
        let end = try context.run([
            Statement(
                "select api.make_password_link($1, $2)", name: "make_password_link",
                parameters: [.integer(id), .bytes(tag)])
        ])[0].single().text(0)
        return .json(["token": .string(link.token), "expires_at": .string(WireTime.timestamp(end))], status: 201)
    }
}

/// `POST /api/auth/reset/`: `{token, password}`: sets a password by a link, once.
///
/// - SQL: `api.find_password_link`, `api.reset_password` (sql/functions/users/).
struct ResetPassword: Handler {
    private let token: String
    private let password: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        token = fields.text("token", maximum: 100)
        password = fields.text("password", maximum: nil)
        try fields.finish()
    }

    func respond(_ context: Context) throws -> Response {
        let tags = context.keys.accounts.tags(.passwordLink, token)
        let found = try context.database.run(
            Statement(
                "select username, first_name, last_name, email, site_name from api.find_password_link($1)",
                name: "find_password_link", parameters: [.bytesArray(tags)]))
        guard found.count == 1 else { throw Self.unknownLink }
        try PasswordPolicy.check(password, of: PasswordOwner(found[0], from: 0), as: "password")
        let hash = try PasswordHash.make(password)
        let done = try context.database.run(
            Statement(
                "select api.reset_password($1, $2, $3, $4)", name: "reset_password",
                parameters: [
                    .bytesArray(tags), .text(hash.stored), .text(context.request.id), .text(context.request.address),
                ])
        ).single().bool(0)
        guard done else { throw Self.unknownLink }
        return .noContent
    }

    private static let unknownLink = HTTPError.invalid([
        FieldError(
            "token",
            Text("This link is not known, was used or is too old.", es: "El enlace no existe, ya se usó o venció."))
    ])
}
