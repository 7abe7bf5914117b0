import Images
import OperatingSystem
import PostgreSQL

/// Makes one backup: database, photos, settings, and the manifest that names them all.
struct BackupMaker {
    static let database = "database.dump.age"
    static let photos = "photos.tar.age"
    private static let settings = "settings.env.age"
    private static let site = "nginx-site.conf.age"

    let configuration: Configuration
    let folder: BackupFolder
    let recipients: String
    let key: BackupKey

    /// Makes the backup, then removes those that are too old.
    /// - Returns: its name, and the names of those removed.
    func make(_ database: Database) throws -> (name: String, removed: [String]) {
        try folder.removeUnfinished()
        while true {
            let made = try BackupSnapshot.take(database, days: configuration.backupDays) { snapshot in
                try folder.names().contains(snapshot.name) ? nil : make(database, snapshot)
            }
            if let made { return made }
            // The name is that of a second, and there is one of this second.
            Time.sleep(milliseconds: 200)
        }
    }

    private func make(_ database: Database, _ snapshot: BackupSnapshot) throws -> (name: String, removed: [String]) {
        let environment = try database.environment()
        try folder.make(snapshot.name) { try fill($0, snapshot, environment) }
        return (snapshot.name, try folder.remove(before: snapshot.keepFrom))
    }

    private func fill(_ draft: String, _ snapshot: BackupSnapshot, _ environment: [String: String]) throws {
        let progress = Progress(of: 4, .steps)
        defer { progress.hide() }
        progress.show(step: 1, "database")
        try dump(to: "\(draft)/\(Self.database)", snapshot, environment)
        progress.show(step: 2, "photos")
        let photoFiles = try seal("\(draft)/\(Self.photos)") { write in
            try keep(snapshot.photos, write) { progress.show(step: 2, "photos", done: $0) }
        }
        progress.show(step: 3, "settings")
        try seal("\(draft)/\(Self.settings)") { try $0(Array(configuration.linesWithoutSecrets.utf8)) }
        if let site = configuration.site {
            let text = try Files.read(site)
            try seal("\(draft)/\(Self.site)") { try $0(text) }
        }
        progress.show(step: 4, "sums")
        let manifest = BackupManifest(
            name: snapshot.name, takenAt: snapshot.takenAt, version: Version.current, schema: snapshot.schema,
            server: snapshot.server, counts: snapshot.counts, photosNamed: Int64(snapshot.photos.count),
            photoFiles: photoFiles,
            files: try FolderOwner.work(in: folder.path) {
                try Directories.names(in: draft).map { try Self.sum($0, in: draft) }
            })
        let signature = try key.signatureLine(for: manifest.bytes)
        try FolderOwner.work(in: folder.path) {
            try Files.write(manifest.bytes, to: "\(draft)/\(BackupManifest.name)")
            try Files.write(signature, to: "\(draft)/\(BackupManifest.signature)")
        }
    }

    /// Without roles (sql/roles.sql makes them) and without what sql/database.sql does to the system's own functions.
    private func dump(to file: String, _ snapshot: BackupSnapshot, _ environment: [String: String]) throws {
        let dump = Program(
            [
                try PostgreSQLPrograms.path(of: "pg_dump"), "--format=custom", "--snapshot=\(snapshot.id)",
                "--role=garita_owner", "--exclude-schema=pg_catalog", "--no-password",
            ], environment: environment)
        let target = try newFile(file)
        try Pipeline(dump, Age.sealing(for: recipients), to: target).run()
        try target.synchronize()
    }

    private func newFile(_ path: String) throws -> PlainFile {
        try FolderOwner.work(in: folder.path) { try PlainFile(new: path) }
    }

    @discardableResult
    private func seal<Value>(_ file: String, _ content: (([UInt8]) throws -> Void) throws -> Value) throws -> Value {
        let target = try newFile(file)
        let value = try Pipeline(Age.sealing(for: recipients), to: target).run(feeding: content)
        try target.synchronize()
        return value
    }

    /// Both files of each photo; one that was removed since the snapshot is left out.
    private func keep(_ names: [String], _ write: ([UInt8]) throws -> Void, tell: (Int64) -> Void) throws -> Int64 {
        let folder = PhotoFolder(configuration.photos)
        var kept: Int64 = 0
        for name in names {
            for size in PhotoFolder.Size.allCases {
                guard let file = PhotoFolder.file(name, size), let photo = try folder.read(file) else { continue }
                try write(TarWriter.entry(file, photo.content, modified: photo.modified))
                kept += 1
            }
            if kept.isMultiple(of: 100) { tell(kept) }
        }
        try write(TarWriter.end)
        return kept
    }

    /// Size and sum of a file.
    static func sum(_ name: String, in folder: String) throws -> BackupManifest.File {
        var sum = RunningSum()
        try PlainFile(reading: "\(folder)/\(name)").readPieces { sum.add($0) }
        return BackupManifest.File(name: name, size: sum.size, sha256: sum.hexadecimal)
    }
}
