/// How a process reaches its database.
package struct DatabaseSettings: Sendable {
    /// The way there, with the user.
    package let connection: ConnectionText
    /// How long one call may take, connecting included, in milliseconds.
    package let deadlineMilliseconds: Int
    /// Shown in `pg_stat_activity`.
    package let applicationName: String

    /// - Parameter deadlineMilliseconds: for each call, connecting included.
    package init(_ connection: ConnectionText, deadlineMilliseconds: Int, applicationName: String) {
        self.connection = connection
        self.deadlineMilliseconds = deadlineMilliseconds
        self.applicationName = applicationName
    }

    /// What libpq gets.
    ///
    /// The settings may override ours. `client_connection_check_interval` lets the server notice within a second that we
    /// gave up on a statement.
    var fullConninfo: String {
        connection.full([
            ("application_name", applicationName), ("client_encoding", "UTF8"),
            ("options", "-c client_connection_check_interval=1000"),
        ])
    }
}
