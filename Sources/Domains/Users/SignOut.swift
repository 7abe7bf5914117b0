import PostgreSQL
package import Web

/// Ends the caller's session; it is dead at the very next request.
///
/// - SQL: `api.close_session` (sql/functions/users/close_session.sql).
package struct SignOut: Action {
    package init() {}

    package func perform(_ context: Context) throws {
        let caller = try context.requireCaller()
        _ = try context.database.run([
            Statement(
                "select api.close_session($1, $2)", name: "close_session",
                parameters: [.integer(caller.userID), .integer(caller.sessionID)])
        ])
    }
}
