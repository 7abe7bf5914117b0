import OperatingSystem

/// A folder for the time of a command, which goes with the command, however that ends.
final class ScratchFolder {
    private static let prefix = "garita-proof-"
    /// Held while the command runs: a folder in which nobody holds it is what a power failure has left.
    private static let lock = ".lock"

    let path: String
    private let remover: FolderRemover
    private let lock: FileLock

    /// Makes it, under a name that nobody can know before; what was left of earlier ones goes first.
    init(in parent: String, mode: UInt32 = 0o700) throws {
        Self.removeLeft(in: parent)
        path = try Directories.createUnique("\(Files.realPath(parent))/\(Self.prefix)", mode: mode)
        remover = try FolderRemover(path)
        guard let lock = try FileLock("\(path)/\(Self.lock)", mode: 0o600) else {
            throw CommandFailure.failed("another command took \(path)")
        }
        self.lock = lock
    }

    /// Only what this process's account has made.
    private static func removeLeft(in parent: String) {
        for name in (try? Directories.names(in: parent)) ?? [] where name.hasPrefix(prefix) {
            let folder = "\(parent)/\(name)"
            guard Directories.isOwn(folder), (try? Files.size("\(folder)/\(lock)")) == 0,
                let free = try? FileLock("\(folder)/\(lock)", mode: 0o600)
            else { continue }
            free.whileHeld {
                try? Pipeline(Program(["rm", "-rf", "--one-file-system", "--", folder])).run()
            }
        }
    }
}
