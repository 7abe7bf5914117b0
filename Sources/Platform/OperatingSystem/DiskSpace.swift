import CLinux
import Glibc

/// The file system that a folder lies on.
package struct DiskSpace: Sendable, Equatable {
    /// What a process without special rights can still write, in bytes.
    package let free: Int64
    /// What such processes can use in all, in bytes.
    package let total: Int64

    /// - Parameter path: nothing in it is opened, so it may be a folder that this process cannot read.
    package init(of path: String) throws(OperatingSystemError) {
        var facts = CLinux.statvfs()
        guard statvfs(path, &facts) == 0 else { throw OperatingSystemError("look at the disk of", path: path) }
        let block = Int64(clamping: facts.f_frsize)
        // statvfs(3): f_bavail leaves out what is kept for root, which is not counted as used either.
        free = Int64(clamping: facts.f_bavail) * block
        total = (Int64(clamping: facts.f_blocks) - Int64(clamping: facts.f_bfree)) * block + free
    }

    /// From 0, full, to 1, empty.
    package var freeShare: Double { total > 0 ? Double(free) / Double(total) : 1 }
}
