import ArgumentParser
import OperatingSystem
import PostgreSQL

/// `garita backup`: what a timer runs once a day.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract:
            "Makes an encrypted backup of database, photos and settings; of the keys with --keys, into another folder."
    )

    @Option(help: "The folder of the backups (GARITA_BACKUPS); with --keys a folder elsewhere.")
    var to: String?

    @Flag(help: "Only the keys, into the folder of --to.")
    var keys = false

    @Flag(help: "Only the list of what was erased, beside the backups: run it every few minutes.")
    var erasures = false

    @Flag(help: "Only list the backups, with age and size, and whether each is whole.")
    var list = false

    func validate() throws {
        guard [keys, erasures, list].filter({ $0 }).count <= 1 else {
            throw ValidationError("--keys, --erasures or --list")
        }
        guard !keys || to != nil else { throw ValidationError("--keys needs --to FOLDER, not that of the backups") }
    }

    func run() throws {
        try CommandFailure.reported {
            ThisProcess.leaveNoCore()
            ThisProcess.makeFilesPrivate()
            let configuration = try Configuration.load()
            if keys, let to {
                let recipients = try Age.recipients(configuration)
                print("made \(try KeyBackup(configuration: configuration).make(in: to, for: recipients))")
                return
            }
            let folder = try BackupFolder(configuration, named: to)
            if list { return try BackupList(configuration: configuration, folder: folder).show() }
            let database = try OwnerConnection.connect(configuration)
            let found = try ErasureJournal(in: folder.path, keys: try? KeyStore(configuration).backupKeys())
                .catchUp(database)
            if erasures { return print("erasures listed: \(found)") }
            try make(configuration, folder, database)
        }
    }

    private func make(_ configuration: Configuration, _ folder: BackupFolder, _ database: Database) throws {
        ThisProcess.yieldToOthers()
        let maker = BackupMaker(
            configuration: configuration, folder: folder, recipients: try Age.recipients(configuration),
            key: try KeyStore(configuration).backupKeys()[0])
        try folder.alone {
            try Job.backup.recorded(in: database) {
                let reader = try OwnerConnection.connect(configuration)
                // A migration would wait behind the dump, and every gate behind the migration.
                return try Migrator.holdingOff(reader) {
                    let (name, removed) = try maker.make(reader)
                    for old in removed { print("removed \(old)") }
                    print("made \(name)")
                    return name
                }
            }
        }
    }
}
