import PostgreSQL
package import Web

/// What is done with accounts and sessions, for API and pages alike.
///
/// Each is a function of the database, which refuses accounts of other sites (404).
package enum AccountTask {
    /// Makes the one-time link of an account; one made before is void, the present password stays until it is used.
    ///
    /// - SQL: `api.make_password_link` (sql/functions/users/make_password_link.sql).
    /// - Returns: the link, shown this once, and until when it is good, as PostgreSQL writes it in the site's time.
    package static func makePasswordLink(
        for id: Int64, _ context: Context
    ) throws -> (link: PasswordLink, endsAt: String) {
        let link = PasswordLink()
        let tag = context.keys.accounts.tag(.passwordLink, link.token)
        let end = try run(
            "make_password_link", "select api.make_password_link($1, $2)", [.integer(id), .bytes(tag)], context
        ).text(0)
        return (link, end)
    }

    /// Forgets the failed log-ins and codes of an account.
    ///
    /// - SQL: `api.unlock_account` (sql/functions/users/unlock_account.sql).
    /// - Returns: how many they were.
    @discardableResult
    package static func unlock(_ id: Int64, _ context: Context) throws -> Int64 {
        try run("unlock_account", "select api.unlock_account($1)", [.integer(id)], context).integer(0)
    }

    /// Takes the second factor of an account away, for who has lost it, and ends its sessions.
    ///
    /// - SQL: `api.reset_second_factor` (sql/functions/users/reset_second_factor.sql).
    /// - Returns: whether there was one.
    /// - Throws: 403 for one's own, which needs password and code.
    @discardableResult
    package static func resetSecondFactor(of id: Int64, _ context: Context) throws -> Bool {
        try run("reset_second_factor", "select api.reset_second_factor($1)", [.integer(id)], context).bool(0)
    }

    /// Ends every session of an account.
    ///
    /// - SQL: `api.end_user_sessions` (sql/functions/users/end_user_sessions.sql).
    /// - Returns: how many they were.
    @discardableResult
    package static func endSessions(of id: Int64, _ context: Context) throws -> Int64 {
        try run("end_user_sessions", "select api.end_user_sessions($1)", [.integer(id)], context).integer(0)
    }

    /// Ends one session: one's own, or one of the site.
    ///
    /// - SQL: `api.end_session` (sql/functions/users/end_session.sql).
    package static func endSession(_ id: Int64, _ context: Context) throws {
        _ = try run("end_session", "select api.end_session($1)", [.integer(id)], context)
    }

    /// From the next request on, the caller's session works in that site; others than a superuser have one only.
    ///
    /// - SQL: `api.choose_site` (sql/functions/users/choose_site.sql).
    package static func chooseSite(_ id: Int64, _ context: Context) throws {
        _ = try run("choose_site", "select api.choose_site($1)", [.integer(id)], context)
    }

    private static func run(
        _ name: String, _ sql: String, _ parameters: [Parameter], _ context: Context
    ) throws -> Row {
        try context.run([Statement(sql, name: name, parameters: parameters)])[0].single()
    }
}
