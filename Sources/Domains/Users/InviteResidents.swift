import PostgreSQL
package import Web

/// Makes accounts for residents who have none, each with a one-time link.
///
/// No password is hashed: each person chooses one by the link. All of them or none: one statement.
/// - SQL: `api.invite_residents` (sql/functions/users/invite_residents.sql).
package struct InviteResidents {
    /// So many at once, for bounded time and a page that a browser can show and print.
    package static let maximum = 500
    private let residents: [Int64]

    /// - Parameter residents: those that have an account or have moved out are left out, and so are those beyond
    ///   ``maximum``.
    package init(_ residents: [Int64]) { self.residents = residents }

    /// - Returns: the accounts made, by home and name.
    package func perform(_ context: Context) throws -> [Invitation] {
        let tokens = (0..<min(residents.count, Self.maximum)).map { _ in PasswordLink.makeToken() }
        let made = try context.run([
            Statement(
                "select place, user_id, username, full_name, unit, ends_at from api.invite_residents($1, $2)",
                name: "invite_residents",
                parameters: [
                    .integerArray(residents), .bytesArray(tokens.map { context.keys.accounts.tag(.passwordLink, $0) }),
                ])
        ])[0]
        return try made.map { row in
            Invitation(
                userID: try row.integer(1), username: try row.text(2), name: try row.text(3), unit: try row.text(4),
                link: PasswordLink(token: tokens[Int(clamping: try row.integer(0)) - 1], endsAt: try row.text(5)))
        }
    }
}

/// A new account with the link by which its owner chooses a password: shown to whoever makes it, kept nowhere.
package struct Invitation {
    package let userID: Int64
    package let username: String
    package let name: String
    package let unit: String
    package let link: PasswordLink
}
