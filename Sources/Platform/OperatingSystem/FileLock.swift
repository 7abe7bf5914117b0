import Glibc

/// The lock of a file, which one process at a time has; the kernel gives it back when the process ends.
///
/// Source: flock(2)
package struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock at once or not at all.
    ///
    /// - Parameters:
    ///   - path: The file is made when there is none; its content is nobody's business.
    ///   - mode: The permission bits of a new file; to lock it one must be able to read it.
    /// - Returns: Nil when somebody else has it.
    package init?(_ path: String, mode: UInt32) throws(OperatingSystemError) {
        let descriptor = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw OperatingSystemError("open", path: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw OperatingSystemError("lock", path: path, code: code)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Works while the lock is held.
    package borrowing func whileHeld<Value: ~Copyable, Failure>(
        _ work: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try work()
    }
}
