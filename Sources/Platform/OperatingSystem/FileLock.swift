import Glibc

/// An exclusive lock on a file: one process holds it at a time, and the kernel releases it when that process ends.
///
/// Source: flock(2)
package struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock without waiting for it; root does it as the owner of the folder.
    ///
    /// - Parameters:
    ///   - path: The file is made when there is none; its content is not used.
    ///   - mode: The permission bits of a new file; to lock it one must be able to read it.
    /// - Returns: Nil when another process holds it.
    package init?(_ path: String, mode: UInt32) throws(OperatingSystemError) {
        let descriptor = try FolderOwner.act(in: Files.parent(of: path)) { () throws(OperatingSystemError) in
            // Without O_NONBLOCK, opening a pipe waits for somebody who writes.
            let found = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode)
            guard found >= 0 else { throw OperatingSystemError("open", path: path) }
            return found
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw OperatingSystemError("lock", path: path, code: code)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Runs `work` and releases the lock not before it ends.
    package borrowing func whileHeld<Value: ~Copyable, Failure>(
        _ work: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try work()
    }
}
