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
        let tokens = Invitation.makeTokens(min(residents.count, Self.maximum))
        let statement = Statement(
            "select place, user_id, username, full_name, unit, ends_at from api.invite_residents($1, $2)",
            name: "invite_residents", parameters: [.integerArray(residents), Invitation.tags(tokens, context)])
        return try context.run([statement])[0].map { try Invitation($0, tokens) }
    }
}

/// Makes the one-time links of accounts that have no password yet.
///
/// - SQL: `api.invite_users` (sql/functions/users/invite_users.sql).
package struct InviteUsers {
    private let usernames: [String]

    package init(_ usernames: [String]) { self.usernames = usernames }

    /// - Returns: those of them that have no password, in their order.
    package func perform(_ context: Context) throws -> [Invitation] {
        let tokens = Invitation.makeTokens(usernames.count)
        let statement = Statement(
            "select place, user_id, username, full_name, unit, ends_at from api.invite_users($1, $2)",
            name: "invite_users", parameters: [.textArray(usernames), Invitation.tags(tokens, context)])
        return try context.run([statement])[0].map { try Invitation($0, tokens) }
    }
}

/// A new account with the link by which its owner chooses a password: shown to whoever makes it, kept nowhere.
package struct Invitation {
    package let userID: Int64
    package let username: String
    package let name: String
    package let unit: String
    package let link: PasswordLink

    fileprivate init(_ row: Row, _ tokens: [String]) throws {
        userID = try row.integer(1)
        username = try row.text(2)
        name = try row.text(3)
        unit = try row.text(4)
        link = PasswordLink(token: tokens[Int(clamping: try row.integer(0)) - 1], endsAt: try row.text(5))
    }

    fileprivate static func makeTokens(_ count: Int) -> [String] { (0..<count).map { _ in PasswordLink.makeToken() } }

    fileprivate static func tags(_ tokens: [String], _ context: Context) -> Parameter {
        .bytesArray(tokens.map { context.keys.accounts.tag(.passwordLink, $0) })
    }
}
