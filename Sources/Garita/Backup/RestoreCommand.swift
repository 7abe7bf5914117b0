import ArgumentParser
import Images
import OperatingSystem
import PostgreSQL

/// `garita restore`: a backup into an empty database, or (`--verify`) into one that is thrown away, as proof.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Restores a backup into an empty database; --verify tries that in a database that is thrown away.")

    /// What becomes of passes that may have been used since the backup.
    enum Passes: String, ExpressibleByArgument, CaseIterable {
        /// They are ended: their people are let in by hand or get new ones.
        case end
        /// They open as often as the backup says: perhaps once more than they should.
        case keep
    }

    @Argument(help: "Name of a backup, or the path of its folder; with --verify the newest one otherwise.")
    var backup: String?

    @Option(
        help:
            "The file of age's private key. Without it --verify compares sums and signature, proves nothing, and ends with 78."
    )
    var identity: String?

    @Option(help: "Another database than that of the settings: libpq connection text without a user.")
    var into: String?

    @Option(help: "end or keep: passes that may have been used since the backup, of which it knows nothing.")
    var passes: Passes?

    @Flag(help: "Do also what unsigned lines of the list of erasures say: read them first.")
    var unsignedErasures = false

    @Flag(help: "Restore into a scratch cluster, try it, and remove everything.")
    var verify = false

    @Option(help: "With --verify: a backup of the keys, instead of the keys of this machine.")
    var keys: String?

    @Option(help: "With --verify: where the scratch cluster is made; /dev/shm keeps it in memory.")
    var scratch = "/var/tmp"

    func validate() throws {
        guard verify || backup != nil else { throw ValidationError("which backup?") }
        guard verify || identity != nil else { throw ValidationError("--identity FILE: only the private key opens it") }
        guard verify || passes != nil else {
            throw ValidationError(
                "--passes end or --passes keep: what becomes of passes that may have been used since the backup")
        }
        guard !verify || (into == nil && passes == nil) else {
            throw ValidationError("--verify restores into no database of yours")
        }
    }

    func run() throws {
        try CommandFailure.reported {
            ThisProcess.leaveNoCore()
            ThisProcess.makeFilesPrivate()
            let configuration = try Configuration.load()
            guard let sql = configuration.sql else {
                throw Configuration.Problems(list: ["GARITA_SQL is not set"])
            }
            let folder = try BackupFolder(configuration, named: nil)
            let place = try folder.place(of: backup)
            try folder.alone {
                let signers = try? KeyStore(configuration).backupKeys()
                guard signers != nil || verify else {
                    throw Configuration.Problems(list: [
                        "GARITA_KEYS: put the keys back first: they tell whether the backup is yours, and open its codes"
                    ])
                }
                let opened = try OpenedBackup(place, signedBy: signers)
                print("\(opened.manifest.name): every file is the one that was written")
                if signers == nil { print("left out, without keys: the signature of the manifest") }
                let journal = ErasureJournal(in: folder.path, keys: signers, takesUnsigned: unsignedErasures)
                try journal.check()
                if verify {
                    try prove(opened, configuration, try SQLFiles(sql), journal)
                } else if let identity, let passes {
                    let restoration = Restoration(
                        backup: opened, identity: identity, files: try SQLFiles(sql), journal: journal,
                        endsPasses: passes == .end)
                    try restore(restoration, configuration)
                }
            }
        }
    }

    private func prove(
        _ opened: OpenedBackup, _ configuration: Configuration, _ files: SQLFiles, _ journal: ErasureJournal
    ) throws {
        guard let identity else {
            throw Configuration.Problems(list: [
                "not proved: nothing was decrypted or restored; with --identity FILE it is (docs/backup.md, The proof)"
            ])
        }
        ThisProcess.yieldToOthers()
        let proof = Proof(
            configuration: configuration, backup: opened, identity: identity, files: files, scratch: scratch,
            keysFile: keys, journal: journal)
        let began = Time.monotonicMilliseconds()
        func work() throws -> String {
            for line in try proof.run() { print(line) }
            print("proved; the scratch cluster and what was decrypted are removed")
            return "\(opened.manifest.name) restored and tried in \((Time.monotonicMilliseconds() - began) / 1000) s"
        }
        // On a machine that only proves there is no database to tell it.
        guard let live = try? OwnerConnection.connect(configuration) else {
            _ = try work()
            return print("not written into garita.jobs: the database of the settings cannot be reached")
        }
        try Job.proof.recorded(in: live, work)
    }

    private func restore(_ restoration: Restoration, _ configuration: Configuration) throws {
        let target =
            try into.map { text in
                guard let other = ConnectionText(text) else {
                    throw CommandFailure.failed("--into is neither an address of PostgreSQL nor text that libpq reads")
                }
                return configuration.replacing(database: other)
            } ?? configuration
        let database = try OwnerConnection.connect(target)
        try restoration.check(database)
        let photos = try RestoredPhotos(backup: restoration.backup, identity: restoration.identity)
            .write(to: PhotoFolder(configuration.photos))
        print("photos: \(counted(photos, "file")) written")
        let report = try restoration.run(into: database)
        for migration in report.migrations { print("applied \(migration)") }
        print("erased or ended again: \(report.repeated)")
        for doubt in report.doubts { print(doubt) }
        print("sessions ended: \(report.sessions); one-time links: \(report.links)")
        print(
            "passes that may have been used since the backup: \(report.passes), ended of them: \(report.passesEnded)")
        print(
            "restored. Everything since the backup is missing; `garita verify-log --witness FILE` says what of the log")
    }
}
