import ArgumentParser
import PostgreSQL

/// `garita site`: the residential communities of this installation.
struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "Makes, changes and lists sites, and sets who needs a second factor.",
        subcommands: [Create.self, Change.self, List.self, SecondFactor.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "create", abstract: "Makes a site.")

        @Argument(help: "Short code, such as PINOS.")
        var code: String

        @Option(help: "What people call it.")
        var name: String

        @Option(help: "Where its days begin and end.")
        var timeZone = "America/Mexico_City"

        @Option(help: "Whose phone numbers need no country code, such as MX; otherwise that of the time zone.")
        var country: String?

        @Option(help: "es or en.")
        var language = "es"

        func run() throws {
            try CommandFailure.reported {
                let rows = try OwnerConnection.connect(Configuration.load()).run(
                    Statement(
                        "insert into garita.sites (code, name, time_zone, language, country)"
                            + " select $1, $2, z.name, $4, upper($5)"
                            + " from pg_catalog.pg_timezone_names as z where z.name = $3 returning id",
                        parameters: [
                            .text(code), .text(name), .text(timeZone), .text(language), .optionalText(country),
                        ]))
                guard rows.count == 1 else { throw CommandFailure.badData("there is no time zone \(timeZone)") }
                print("site \(code) is made")
            }
        }
    }

    struct SecondFactor: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "second-factor",
            abstract: "Sets who needs a second factor: these roles and no others; nobody without one named.")

        @Argument(help: "Code of the site.")
        var code: String

        @Argument(help: "ADMIN, GUARD, RESIDENT.")
        var roles: [String] = []

        func validate() throws {
            guard Set(roles).isSubset(of: ["ADMIN", "GUARD", "RESIDENT"]) else {
                throw ValidationError("roles: ADMIN, GUARD, RESIDENT")
            }
        }

        func run() throws {
            try CommandFailure.reported {
                let rows = try OwnerConnection.connect(Configuration.load()).run(
                    Statement(
                        "update garita.sites as s set second_factor_roles = $2 where s.code = $1 returning"
                            + " (select count(*) from garita.users as u where u.site_id = s.id and u.is_active"
                            + " and u.role = any ($2) and not garita.has_second_factor(u.id))",
                        parameters: [.text(code), .textArray(Set(roles).sorted())]))
                guard rows.count == 1 else { throw CommandFailure.badData("there is no site \(code)") }
                let needed = roles.isEmpty ? "nobody" : Set(roles).sorted().joined(separator: ", ")
                let without = counted(try rows[0].integer(0), "account has", plural: "accounts have")
                print("a second factor is required of: \(needed); \(without) yet to enrol one")
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists sites.")

        func run() throws {
            try CommandFailure.reported {
                let rows = try OwnerConnection.connect(Configuration.load()).run(
                    Statement(
                        "select s.code, s.name, s.time_zone, s.language, s.is_active,"
                            + " (select count(*) from garita.users as u where u.site_id = s.id)"
                            + " from garita.sites as s order by s.id"))
                for row in rows {
                    let state = try row.bool(4) ? "active" : "inactive"
                    print(
                        "\(try row.text(0))  \(try row.text(1))  \(try row.text(2))  \(try row.text(3))  \(state)  "
                            + counted(try row.integer(5), "account"))
                }
            }
        }
    }
}
