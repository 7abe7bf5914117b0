import OperatingSystem

/// The folder of the backups: a folder for each, named by the time of its snapshot in UTC (`20261130T184014Z`).
///
/// What is being made or removed has another name, so nothing that is not whole looks whole. Root does everything in it as
/// the folder's owner: so all of it is the owner's, whoever has made it, and a link there leads root nowhere.
struct BackupFolder {
    static let unfinished = ".unfinished"

    let path: String

    /// - Throws: `Configuration.Problems` when no folder is set and none was named.
    init(_ configuration: Configuration, named folder: String?) throws {
        guard let path = folder ?? configuration.backups else {
            throw Configuration.Problems(list: ["GARITA_BACKUPS is not set: the folder of the backups"])
        }
        self.path = path
    }

    /// Names of the whole backups, oldest first.
    func names() throws -> [String] {
        try Directories.names(in: path).filter { Self.isName($0) && Directories.isPlain("\(path)/\($0)") }
    }

    /// Where a backup is.
    /// - Parameter backup: its name, or the path of a folder that was brought from elsewhere; nil for the newest.
    func place(of backup: String?) throws -> String {
        if let backup { return Self.isName(backup) ? "\(path)/\(backup)" : backup }
        guard let newest = try names().last else { throw CommandFailure.badData("there is no backup in \(path)") }
        return "\(path)/\(newest)"
    }

    /// Does work that only one process at a time may do here.
    func alone<Value>(_ work: () throws -> Value) throws -> Value {
        guard let lock = try FileLock("\(path)/.lock", mode: 0o600) else {
            throw CommandFailure.failed("another `garita backup` or `garita restore` is at work in \(path)")
        }
        return try lock.whileHeld(work)
    }

    /// Fills a new folder, which then gets its name; when that fails, nothing of it stays.
    func make(_ name: String, _ fill: (_ draft: String) throws -> Void) throws {
        let draft = "\(path)/\(name)\(Self.unfinished)"
        try FolderOwner.work(in: path) { try Directories.createNew(draft) }
        do {
            try fill(draft)
            try Files.rename(draft, to: "\(path)/\(name)")
        } catch {
            try? Directories.removeAll(draft)
            throw error
        }
    }

    /// Removes what a run that was killed has left.
    func removeUnfinished() throws {
        for name in try Directories.names(in: path) where name.hasSuffix(Self.unfinished) {
            try Directories.removeAll("\(path)/\(name)")
        }
    }

    /// Removes the backups whose names are lower.
    /// - Returns: which.
    func remove(before name: String) throws -> [String] {
        let old = try names().filter { $0 < name }
        for one in old {
            let going = "\(path)/\(one)\(Self.unfinished)"
            try Files.rename("\(path)/\(one)", to: going)
            try Directories.removeAll(going)
        }
        return old
    }

    static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 16 && bytes[8] == UInt8(ascii: "T") && bytes[15] == UInt8(ascii: "Z")
            && (bytes[..<8] + bytes[9..<15]).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
