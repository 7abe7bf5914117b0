import OperatingSystem

/// A backup of which every file is the one that was written.
struct OpenedBackup {
    let path: String
    let manifest: BackupManifest

    /// Looks at every file before anything is done with one.
    /// - Parameter keys: what may have signed it; nil where no key is at hand: then sums are all that is compared.
    /// - Throws: `CommandFailure.badData` with a line for each file that is not right.
    init(_ path: String, signedBy keys: [BackupKey]?) throws {
        self.path = path
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let faults: [String]
        do {
            guard Directories.isPlain(path) else { throw CommandFailure.badData("\(name): is not a folder") }
            let bytes = try Self.read(BackupManifest.name, in: path, limit: 1_048_576)
            let signature = try Self.read(BackupManifest.signature, in: path, limit: 1024)
            if let keys, !BackupKey.holds(signature, for: bytes, keys: keys) {
                throw CommandFailure.badData(
                    "\(name): \(BackupManifest.name) and \(BackupManifest.signature) do not belong together, or no key"
                        + " that is here has signed them")
            }
            manifest = try BackupManifest(bytes)
            faults = try FolderOwner.work(in: Files.parent(of: path)) { try Self.faults(manifest, path, name) }
        } catch let error as OperatingSystemError {
            throw CommandFailure.badData("\(name): \(error)")
        }
        guard faults.isEmpty else { throw CommandFailure.badData(faults.joined(separator: "\n")) }
    }

    /// One of its files, as the owner of the folder that it is in may read it.
    func file(_ name: String) throws -> PlainFile { try Self.file(name, in: path) }

    private static func file(_ name: String, in path: String) throws -> PlainFile {
        try FolderOwner.work(in: Files.parent(of: path)) { try PlainFile(reading: "\(path)/\(name)") }
    }

    private static func read(_ name: String, in path: String, limit: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        try file(name, in: path).readPieces { piece in
            content += piece
            guard content.count <= limit else { throw CommandFailure.badData("\(path): \(name) is too large") }
        }
        return content
    }

    private static func faults(_ manifest: BackupManifest, _ path: String, _ name: String) throws -> [String] {
        guard manifest.name == name else { return ["\(name): \(BackupManifest.name) is that of \(manifest.name)"] }
        let found = try Directories.names(in: path)
        let known = Set(manifest.files.map(\.name)).union([BackupManifest.name, BackupManifest.signature])
        let extra = found.filter { !known.contains($0) }.map { "\(name): \($0) does not belong to it" }
        return try extra
            + manifest.files.compactMap { file in
                guard found.contains(file.name) else { return "\(name): \(file.name) is missing" }
                return try BackupMaker.sum(file.name, in: path) == file
                    ? nil : "\(name): \(file.name) is not the file that was written"
            }
    }
}
