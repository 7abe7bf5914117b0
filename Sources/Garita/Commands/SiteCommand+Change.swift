import ArgumentParser
import PostgreSQL

extension SiteCommand {
    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "change", abstract: "Changes a site: what is named, and nothing else.")

        @Argument(help: "Code of the site.")
        var code: String

        @Option(help: "What people call it.")
        var name: String?

        @Option(help: "Where its days begin and end.")
        var timeZone: String?

        @Option(help: "Whose phone numbers need no country code, such as MX.")
        var country: String?

        @Option(help: "es or en.")
        var language: String?

        func run() throws {
            try CommandFailure.reported {
                let database = try OwnerConnection.connect(Configuration.load())
                let rows = try database.run(
                    Statement(
                        "update garita.sites as s set name = coalesce($2, s.name), time_zone = coalesce($3, s.time_zone),"
                            + " country = coalesce(upper($4), s.country), language = coalesce($5, s.language)"
                            + " where s.code = $1 returning s.id",
                        parameters: [
                            .text(code), .optionalText(name), .optionalText(timeZone), .optionalText(country),
                            .optionalText(language),
                        ]))
                guard rows.count == 1 else { throw CommandFailure.badData("there is no site \(code)") }
                print("site \(code) is changed")
            }
        }
    }
}
