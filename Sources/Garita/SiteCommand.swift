import ArgumentParser
import PostgreSQL

/// `garita site`: the residential communities of this installation.
struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "Makes and lists sites.", subcommands: [Create.self, List.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "create", abstract: "Makes a site.")

        @Argument(help: "Short code, such as PINOS.")
        var code: String

        @Option(help: "What people call it.")
        var name: String

        @Option(help: "Where its days begin and end.")
        var timeZone = "America/Mexico_City"

        @Option(help: "es or en.")
        var language = "es"

        func run() throws {
            try Failure.reported {
                let rows = try Owner.connect(Configuration.load()).run(
                    Statement(
                        "insert into garita.sites (code, name, time_zone, language) select $1, $2, z.name, $4"
                            + " from pg_catalog.pg_timezone_names as z where z.name = $3 returning id",
                        parameters: [.text(code), .text(name), .text(timeZone), .text(language)]))
                guard rows.count == 1 else { throw Failure.badData("there is no time zone \(timeZone)") }
                print("site \(code) is made")
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists sites.")

        func run() throws {
            try Failure.reported {
                let rows = try Owner.connect(Configuration.load()).run(
                    Statement(
                        "select s.code, s.name, s.time_zone, s.language, s.is_active,"
                            + " (select count(*) from garita.users as u where u.site_id = s.id)"
                            + " from garita.sites as s order by s.id"))
                for row in rows {
                    let state = try row.bool(4) ? "active" : "inactive"
                    print(
                        "\(try row.text(0))  \(try row.text(1))  \(try row.text(2))  \(try row.text(3))  \(state)  "
                            + "\(try row.integer(5)) accounts")
                }
            }
        }
    }
}
