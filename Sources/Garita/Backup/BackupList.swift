import OperatingSystem
import PostgreSQL

/// `garita backup --list`: a line for each backup, read whole.
struct BackupList {
    let configuration: Configuration
    let folder: BackupFolder

    func show() throws {
        let keys = try KeyStore(configuration).backupKeys()
        let proved = (try? provedNames()) ?? []
        var faults: [String] = []
        for name in try folder.names() {
            do {
                let backup = try OpenedBackup("\(folder.path)/\(name)", signedBy: keys)
                let size = backup.manifest.files.reduce(0) { $0 + $1.size }
                let hours = max(0, Time.wallSeconds() - backup.manifest.takenAt) / 3600
                print(
                    "\(name)  \(max(1, size / 1_048_576)) MB  \(counted(hours, "hour")) old  whole"
                        + "  \(proved.contains(name) ? "proved" : "not proved")")
            } catch CommandFailure.badData(let text) {
                print("\(name)  damaged")
                faults.append(text)
            }
        }
        guard faults.isEmpty else { throw CommandFailure.badData(faults.joined(separator: "\n")) }
    }

    /// The backups whose restore was tried and succeeded, as the database knows.
    private func provedNames() throws -> Set<String> {
        let rows = try OwnerConnection.connect(configuration).run(
            Statement("select split_part(j.note, ' ', 1) from garita.jobs j where j.job = 'proof' and j.succeeded"))
        return Set(try rows.map { try $0.text(0) })
    }
}
