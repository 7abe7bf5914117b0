import OperatingSystem

/// The keys in one encrypted file: an archive of the key files, each with the time it was made, which says when it is
/// used.
///
/// Never beside the data: whoever could read both could open gates.
struct KeyBackup {
    let configuration: Configuration

    /// - Parameter folder: another one than that of the backups.
    /// - Returns: the file made.
    func make(in folder: String, for recipients: String) throws -> String {
        if try isBesideTheData(folder) {
            throw CommandFailure.badData("the keys do not go beside the data: name another folder, best another disk")
        }
        let store = KeyStore(configuration)
        guard store.secretKey == nil else {
            throw CommandFailure.badData("all keys are derived from SECRET_KEY: keep that, apart from the data")
        }
        let problems = try store.problems()
        guard problems.isEmpty else { throw Configuration.Problems(list: problems) }
        let digits = String(decoding: WallClock.bytes().prefix(19), as: UTF8.self).filter { $0 != "-" && $0 != ":" }
        let path = "\(folder)/keys-\(digits)Z.tar.age"
        let draft = path + BackupFolder.unfinished
        let target = try PlainFile(new: draft)
        do {
            try Pipeline(Age.sealing(for: recipients), to: target).run(feeding: { try write(store, $0) })
            try target.synchronize()
            try Files.rename(draft, to: path)
        } catch {
            try? Files.remove(draft)
            throw error
        }
        return path
    }

    /// By whatever name or link it is called.
    private func isBesideTheData(_ folder: String) throws -> Bool {
        guard let backups = configuration.backups, Directories.exists(backups) else { return false }
        return try (Files.realPath(folder) + "/").hasPrefix(Files.realPath(backups) + "/")
    }

    private func write(_ store: KeyStore, _ write: ([UInt8]) throws -> Void) throws {
        for purpose in store.purposes {
            for entry in try store.entries(of: purpose) {
                let line = try store.line(of: purpose, entry)
                let name = "\(purpose.rawValue).\(entry.number).key"
                try write(TarWriter.entry(name, Array(line.utf8), modified: entry.madeAt))
            }
        }
        try write(TarWriter.end)
    }

    /// Writes the keys of such a file into an empty folder.
    static func open(_ file: String, with identity: String, into folder: String) throws {
        let store = KeyStore(directory: folder)
        var archive = TarReader()
        try Pipeline(Age.opening(with: identity), from: try PlainFile(reading: file)).run(reading: { piece in
            try archive.add(piece) { name, content in
                // A name of ours, not a path to somewhere else.
                guard !name.contains("/"), name.hasSuffix(".key") else {
                    throw CommandFailure.badData("\(file) is no backup of keys")
                }
                try Files.write(content, to: "\(store.directory)/\(name)", replacing: false)
            }
        })
        try archive.finish()
    }
}
