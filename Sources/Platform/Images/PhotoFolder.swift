import Cryptography
import OperatingSystem

/// The folder of all pictures, outside of what the web server shows: one name of 32 hexadecimal digits for a picture
/// and its thumbnail, random, so that it tells nothing.
///
/// The database names the pictures. A file that no row names is harmless, and `sweep` removes it; so files are written
/// before the row and removed after it. The folder belongs to who writes it in daily work; a command that root runs
/// reads, writes and removes as that owner.
package struct PhotoFolder: Sendable {
    /// Which of the two files.
    package enum Size: String, Sendable, CaseIterable {
        /// The picture itself.
        case picture = ""
        /// The small one, for lists.
        case thumbnail = "-thumbnail"
    }

    /// A file this young may belong to a row that is about to be written.
    private static let youngSeconds: Int64 = 86_400

    /// How long a picture may wait to be decoded.
    private static let waitingMilliseconds: Int64 = 1_000

    /// The folder, which must exist.
    package let path: String

    /// - Parameter path: of a folder that this process may write.
    package init(_ path: String) {
        self.path = path
    }

    /// The file's name inside the folder; nil when it is none of ours.
    package static func file(_ name: String, _ size: Size) -> String? {
        isName(name) ? "\(name)\(size.rawValue).jpg" : nil
    }

    /// Decodes one picture at a time on this machine, and lets one more wait.
    ///
    /// Decoding takes up to half a second of a core; so at most two workers are busy with pictures, whatever is sent.
    ///
    /// - Parameter work: the decoding.
    /// - Returns: nil when another one waits already, or the wait took more than a second.
    package func inTurn<Value>(_ work: () throws -> Value) throws -> Value? {
        guard let turn = try nextTurn() else { return nil }
        return try turn.whileHeld(work)
    }

    private func nextTurn() throws(OperatingSystemError) -> FileLock? {
        let mode = try Directories.permissions(of: path) & 0o640
        guard let place = try FileLock("\(path)/.waiting", mode: mode) else { return nil }
        return try place.whileHeld { () throws(OperatingSystemError) in
            let end = Time.monotonicMilliseconds() + Self.waitingMilliseconds
            while true {
                if let turn = try FileLock("\(path)/.turn", mode: mode) { return turn }
                guard Time.monotonicMilliseconds() < end else { return nil }
                Time.sleep(milliseconds: 10)
            }
        }
    }

    /// Writes both files; they are safe on disk when it returns.
    ///
    /// Who may read the folder may read them: its owner, and its group (a web server with an account of its own).
    /// - Returns: the name.
    /// - Throws: `ImageError.noRoom`, or an error that names the folder, never the file: it goes to the log.
    package func keep(_ photo: Photo) throws -> String {
        let name = Hexadecimal.encode(RandomBytes.make(count: 16))
        do throws(OperatingSystemError) {
            let mode = try Directories.permissions(of: path) & 0o640
            try write(photo.thumbnail, name, .thumbnail, mode: mode)
            try write(photo.picture, name, .picture, mode: mode)
        } catch {
            remove(name)
            guard !error.isLackOfRoom else { throw ImageError.noRoom }
            throw OperatingSystemError("keep a photo in", path: path, code: error.code)
        }
        return name
    }

    /// The content of one of the files and when it was written, in seconds since 1970; nil when there is none.
    package func read(_ file: String) throws -> (content: [UInt8], modified: Int64)? {
        try FolderOwner.act(in: path) { () throws(OperatingSystemError) -> (content: [UInt8], modified: Int64)? in
            do throws(OperatingSystemError) {
                return (try Files.read("\(path)/\(file)"), try Files.modifiedSeconds("\(path)/\(file)"))
            } catch {
                guard error.isMissingFile else { throw error }
                return nil
            }
        }
    }

    /// Writes one of the files of a backup, unless there is one of that name or the name is none of ours.
    /// - Returns: whether it was written.
    package func bringBack(_ file: String, _ content: [UInt8]) throws -> Bool {
        let name = String(file.prefix(32))
        guard Size.allCases.contains(where: { Self.file(name, $0) == file }) else { return false }
        let mode = try Directories.permissions(of: path) & 0o640
        do throws(OperatingSystemError) {
            try Files.write(content, to: "\(path)/\(file)", replacing: false, mode: mode)
        } catch {
            guard error.isExistingFile else { throw error }
            return false
        }
        return true
    }

    /// Removes both files.
    ///
    /// What cannot be removed now is removed by ``sweep(unnamed:)`` later.
    package func remove(_ name: String) {
        for size in Size.allCases {
            if let file = Self.file(name, size) { try? Files.remove("\(path)/\(file)") }
        }
    }

    /// Removes the files that no row names and that are older than a day: left by a crash, a write that failed, or a
    /// row that was deleted together with another.
    ///
    /// - Parameter unnamed: of these names, those that no row has.
    /// - Returns: how many names.
    package func sweep(unnamed: ([String]) throws -> [String]) throws -> Int {
        let limit = Time.wallSeconds() - Self.youngSeconds
        var old: [String: [String]] = [:]
        for (file, written) in try dates() where written < limit {
            old[String(file.prefix(32)), default: []].append(file)
        }
        let orphans = try unnamed(old.keys.sorted())
        for file in orphans.flatMap({ old[$0] ?? [] }) { try Files.remove("\(path)/\(file)") }
        return orphans.count
    }

    /// Every file of ours and when it was written, in seconds since 1970.
    private func dates() throws(OperatingSystemError) -> [(file: String, written: Int64)] {
        try FolderOwner.act(in: path) { () throws(OperatingSystemError) in
            try Directories.names(in: path).filter { Self.isName(String($0.prefix(32))) }.compactMap { file in
                // A file that another process has just removed is no reason to stop.
                (try? Files.modifiedSeconds("\(path)/\(file)")).map { (file, $0) }
            }
        }
    }

    private func write(_ bytes: [UInt8], _ name: String, _ size: Size, mode: UInt32) throws(OperatingSystemError) {
        guard let file = Self.file(name, size) else { return }
        try Files.write(bytes, to: "\(path)/\(file)", replacing: false, mode: mode)
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
