import Cryptography
import PostgreSQL
package import Web

/// Makes the one-time link of an account; one made before is void, the present password stays until it is used.
///
/// - SQL: `api.make_password_link` (sql/functions/users/make_password_link.sql).
package struct MakePasswordLink: RowAction {
    private let id: Int64

    package init(_ id: Int64) { self.id = id }

    package func perform(_ context: Context) throws -> PasswordLink {
        let token = PasswordLink.makeToken()
        let made = try context.run([
            Statement(
                "select api.make_password_link($1, $2)", name: "make_password_link",
                parameters: [.integer(id), .bytes(context.keys.accounts.tag(.passwordLink, token))])
        ])[0].single()
        return PasswordLink(token: token, endsAt: try made.text(0))
    }
}

/// A one-time link that sets a password: shown to whoever makes it, kept nowhere.
package struct PasswordLink {
    /// 43 letters: 256 random bits.
    package let token: String
    /// Until when it is good, as PostgreSQL writes it in the site's time.
    package let endsAt: String

    package static func makeToken() -> String { Base64URL.encode(RandomBytes.make(count: 32)) }
}
