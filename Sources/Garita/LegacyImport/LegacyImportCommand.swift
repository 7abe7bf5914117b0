import ArgumentParser
import Images
import PostgreSQL
import Web

/// `garita import-original`: the legacy import, which takes the data of the legacy system over.
struct LegacyImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-original", abstract: "Takes the data of the legacy system over.",
        discussion: """
            Can be run again: rows that came before are not doubled, only new and changed ones are taken. Every row that \
            is not taken is listed with its reason. Exit codes: 0 everything is taken, 65 some rows are not (all others \
            are), 1 or 69 failed and nothing was changed.
            """)

    @Option(help: "The legacy system's PostgreSQL database: postgresql://user@host/name (password from a passfile).")
    var database: String?

    @Option(help: "A file that its `manage.py dumpdata` wrote (json or jsonl).")
    var file: String?

    @Option(help: "The legacy system's folder of uploads (MEDIA_ROOT): photos are taken from there.")
    var media: String?

    @Option(help: "Code of the site that gets the data; the first one otherwise.")
    var site: String?

    @Flag(help: "Only report what would be done.")
    var dryRun = false

    @Option(help: "Language of the report, es or en; that of the site otherwise.")
    var language: String?

    func validate() throws {
        guard (database == nil) != (file == nil) else { throw ValidationError("either --database or --file") }
        guard [nil, "es", "en"].contains(language) else { throw ValidationError("language: es or en") }
    }

    func run() throws {
        var isComplete = true
        try CommandFailure.reported {
            let configuration = try Configuration.load()
            let codes = try KeyStore(configuration).load().codes
            let target = try OwnerConnection.connect(configuration)
            let rows = try target.run(
                Statement(
                    "select id, time_zone, language from garita.sites where code = $1 or $1 is null order by id limit 1",
                    parameters: [.optionalText(site)]))
            guard let row = rows.first else { throw CommandFailure.badData("there is no site \(site ?? "at all")") }
            let work = LegacyImporter(
                database: target, codes: codes, siteID: try row.integer(0), timeZone: try row.text(1), isDry: dryRun,
                photos: media.map { LegacyPhotos(media: $0, folder: PhotoFolder(configuration.photos)) })
            let siteLanguage = try row.text(2)
            let words: Language = (language ?? siteLanguage) == "es" ? .spanish : .english
            if let file {
                isComplete = try work.take(from: LegacyFile(path: file), words)
            } else if let database {
                try LegacyDatabase.reading(database) { isComplete = try work.take(from: $0, words) }
            }
        }
        if !isComplete { throw ExitCode(65) }
    }
}
