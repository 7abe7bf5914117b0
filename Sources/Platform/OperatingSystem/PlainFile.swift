import Glibc

/// An open file in a folder that may be another account's: never a link, a pipe or a device.
package final class PlainFile: Sendable {
    let descriptor: Int32
    private let path: String

    /// Makes it, for its owner alone to read and write; root does it as the owner of the folder.
    /// - Throws: `EEXIST` where there is anything of that name, a link too.
    package init(new path: String) throws(OperatingSystemError) {
        descriptor = try FolderOwner.act(in: Files.parent(of: path)) { () throws(OperatingSystemError) in
            let found = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard found >= 0 else { throw OperatingSystemError("create", path: path) }
            return found
        }
        self.path = path
    }

    /// Opens it for reading; root does it as the owner of the folder.
    /// - Throws: `ELOOP` for a link, `EINVAL` for what is no file.
    package init(reading path: String) throws(OperatingSystemError) {
        descriptor = try FolderOwner.act(in: Files.parent(of: path)) { () throws(OperatingSystemError) in
            // Without O_NONBLOCK, opening a pipe waits for somebody who writes.
            let found = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard found >= 0 else { throw OperatingSystemError("open", path: path) }
            var facts = stat()
            guard fstat(found, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
                close(found)
                throw OperatingSystemError("open", path: path, code: EINVAL)
            }
            return found
        }
        self.path = path
    }

    deinit { close(descriptor) }

    /// Reads it from where it stands, in pieces of at most 64 KiB.
    package func readPieces(_ body: ([UInt8]) throws -> Void) throws {
        try Files.readPieces(of: descriptor, named: path, body)
    }

    /// Waits until the disk has what was written.
    package func synchronize() throws(OperatingSystemError) {
        guard fsync(descriptor) == 0 else { throw OperatingSystemError("write", path: path) }
    }
}
