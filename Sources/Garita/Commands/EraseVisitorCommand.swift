import ArgumentParser
import PostgreSQL

/// `garita erase-visitor`: what the person of a visit may demand, without waiting for `garita maintain`.
struct EraseVisitorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase-visitor",
        abstract:
            "Erases one visit at once: names, document, contact, plate, photo and passes, in the audit and the log too."
    )

    @Argument(help: "Number of the visit; one that was deleted as well.")
    var visit: Int64

    func run() throws {
        try CommandFailure.reported {
            let configuration = try Configuration.load()
            let database = try OwnerConnection.connect(configuration)
            let rows = try database.run(
                Statement("select garita.erase_visitor($1)", parameters: [.integer(visit)])
            ).single().integer(0)
            print("visit \(visit) is erased; rows of the log without its name: \(rows)")
            if let folder = configuration.backups {
                try ErasureJournal(in: folder, keys: try? KeyStore(configuration).backupKeys()).catchUp(database)
            }
            print("its photo goes with the next `garita maintain`")
        }
    }
}
