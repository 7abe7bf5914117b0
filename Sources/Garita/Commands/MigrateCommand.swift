import ArgumentParser
import PostgreSQL

/// `garita migrate`: brings the database to this version's schema.
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings the database to this version's schema.")

    @Flag(help: "Only say which migrations have run and which wait.")
    var status = false

    @Flag(help: "Only say what would be done.")
    var plan = false

    func run() throws {
        try CommandFailure.reported {
            let configuration = try Configuration.load()
            guard let sql = configuration.sql else {
                throw Configuration.Problems(list: ["GARITA_SQL is not set"])
            }
            let migrator = Migrator(database: try OwnerConnection.connect(configuration), files: try SQLFiles(sql))
            if status {
                let applied = try migrator.applied()
                for file in migrator.files.migrations {
                    print("\(applied[file.name] == nil ? "waits  " : "applied")  \(file.name)")
                }
            } else if plan {
                for step in try migrator.plan() { print(step) }
            } else {
                for step in try migrator.run() { print("applied \(step)") }
                let restyled = try PhoneStyle(database: migrator.database).apply()
                if restyled > 0 { print("phones written in one style: \(counted(restyled, "row"))") }
            }
        }
    }
}
