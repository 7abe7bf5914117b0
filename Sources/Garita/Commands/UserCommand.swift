import ArgumentParser
import PostgreSQL
import Users

/// `garita user`: accounts.
///
/// A password is typed, or read from standard input; it is never an argument, which everybody on the machine could read.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Makes, lists, unlocks and deactivates accounts, and sets their passwords.",
        subcommands: [
            Create.self, Password.self, Link.self, List.self, Deactivate.self, Activate.self, Unlock.self,
            ResetSecondFactor.self,
        ])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Makes an account; asks for its password, or prints a one-time link.")

        @Argument(help: "User name.")
        var name: String

        @Option(help: "ADMIN, GUARD or RESIDENT.")
        var role = "GUARD"

        @Option(help: "Code of its site; the first one otherwise.")
        var site: String?

        @Flag(help: "An administrator across all sites.")
        var superuser = false

        @Option(help: "First name.")
        var firstName = ""

        @Option(help: "Last name.")
        var lastName = ""

        @Option(help: "E-mail address.")
        var email = ""

        @Flag(help: "Print a one-time link, with which the person sets the password.")
        var link = false

        func validate() throws {
            guard ["ADMIN", "GUARD", "RESIDENT"].contains(role) else {
                throw ValidationError("role: ADMIN, GUARD or RESIDENT")
            }
            guard !superuser || (role == "ADMIN" && site == nil) else {
                throw ValidationError("a superuser is an ADMIN of no site")
            }
        }

        func run() throws {
            try CommandFailure.reported {
                let accounts = try Accounts()
                let siteRow = try accounts.site(site)
                let owner = PasswordOwner(
                    username: name, firstName: firstName, lastName: lastName, email: email, site: siteRow.name)
                // An account without a password has a hash that no password matches.
                let hash = try link ? "!" : NewPassword.ask(for: owner)
                try accounts.database.transaction {
                    _ = try accounts.database.run(
                        Statement(
                            "select garita.create_user($1, $2, $3, $4, $5, $6, '', $7, $8)",
                            parameters: [
                                .text(name), .text(hash), .text(role), .text(firstName), .text(lastName), .text(email),
                                .integer(siteRow.id), .bool(superuser),
                            ]))
                    if link { try accounts.printLink(for: name) }
                }
                print("\(name) is made")
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists accounts.")

        func run() throws {
            try CommandFailure.reported {
                let rows = try Accounts().database.run(
                    Statement(
                        "select u.username, case when u.is_superuser then 'SUPERUSER' else u.role end,"
                            + " coalesce(s.code, '-'), u.is_active, coalesce(to_char(u.last_login, 'YYYY-MM-DD'), 'never'),"
                            + " coalesce((select max(t.failures) from garita.login_throttles as t where t.user_id = u.id), 0),"
                            + " garita.has_second_factor(u.id), coalesce((select f.failures"
                            + " from garita.second_factors as f where f.user_id = u.id), 0)"
                            + " from garita.users as u left join garita.sites as s on s.id = u.site_id"
                            + " order by s.code, u.username"))
                for row in rows {
                    let state = try row.bool(3) ? "active" : "deactivated"
                    let isLocked = try max(row.integer(5), row.integer(7)) >= 100
                    print(
                        "\(try row.text(0))  \(try row.text(1))  \(try row.text(2))  \(state)  last log-in "
                            + "\(try row.text(4))\(try row.bool(6) ? "  second factor" : "")"
                            + "\(isLocked ? "  locked" : "")")
                }
            }
        }
    }
}
