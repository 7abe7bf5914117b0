/// How a process reaches its database.
package struct DatabaseSettings: Sendable {
    /// A libpq connection string with the user: `keyword=value` pairs, or an address (`postgresql://…`).
    ///
    /// Passwords belong in a passfile.
    package let conninfo: String
    /// How long one call may take, connecting included, in milliseconds.
    package let deadlineMilliseconds: Int
    /// Shown in `pg_stat_activity`.
    package let applicationName: String

    /// - Parameter deadlineMilliseconds: for each call, connecting included.
    package init(conninfo: String, deadlineMilliseconds: Int, applicationName: String) {
        self.conninfo = conninfo
        self.deadlineMilliseconds = deadlineMilliseconds
        self.applicationName = applicationName
    }

    /// What libpq gets.
    ///
    /// The later of two equal keywords wins, so the settings may override ours.
    ///
    /// `client_connection_check_interval` lets the server notice within a second that we gave up on a statement.
    var fullConninfo: String {
        if conninfo.hasPrefix("postgres://") || conninfo.hasPrefix("postgresql://") {
            // libpq, "Connection URIs": parameters follow the first "?". The pairs above cannot stand before an address.
            return conninfo + (conninfo.contains("?") ? "&" : "?") + "client_encoding=UTF8"
        }
        return "application_name='\(Self.quoted(applicationName))' client_encoding=UTF8 "
            + "options='-c client_connection_check_interval=1000' \(conninfo)"
    }

    private static func quoted(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            if character == "'" || character == "\\" { text += "\\" }
            text.append(character)
        }
    }
}
