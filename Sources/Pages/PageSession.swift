import PostgreSQL
package import Web

/// Somebody who looks at pages: the cookie names the session, the database says whose it is and whether it lives.
///
/// - SQL: `api.find_page_session` (sql/functions/users/find_page_session.sql).
package struct PageSession: Sendable {
    /// Whose session it is.
    package let caller: Caller
    /// The name that the person signs in with.
    package let username: String
    /// First and last name, else the user name.
    package let displayName: String
    /// Name of the residence.
    package let siteName: String
    /// Whether this account works in several residences, one at a time.
    let hasSeveralSites: Bool
    /// What there is to know of an emergency, to whoever works here; nil while there is none.
    let emergency: EmergencyNotice?
    /// What this person chose to read; nil for what the browser asks for.
    let language: Language?

    /// The living session of a cookie; nil when there is none.
    static func find(_ cookie: String, _ keys: AccountKeys, _ database: Database) throws -> PageSession? {
        let rows = try database.run(
            Statement(
                "select user_id, session_id, token_version, role, username, display_name, site_name, language,"
                    + " has_several_sites, emergency"
                    + " from api.find_page_session($1)",
                name: "find_page_session", parameters: [.bytesArray(keys.tags(.pageSession, cookie))]))
        return try rows.first.map(PageSession.init)
    }

    private init(_ row: Row) throws {
        caller = Caller(
            userID: try row.integer(0), tokenVersion: try row.integer(2), sessionID: try row.integer(1),
            role: Role(rawValue: try row.text(3)))
        username = try row.text(4)
        displayName = try row.text(5)
        siteName = try row.text(6)
        language = try row.optionalText(7).flatMap(Language.init(code:))
        hasSeveralSites = try row.bool(8)
        emergency = try row.optionalText(9).flatMap(EmergencyNotice.init)
    }
}
