import Glibc

/// Whether only root and this process's own account can change a file.
package enum TrustedFile {
    /// What is wrong with it; nil when nothing is.
    ///
    /// Every folder above it counts too: who may write there can put another file in its place. A folder like `/tmp`, where
    /// nobody may touch the files of others, is no fault.
    package static func fault(of path: String) -> String? {
        guard path.hasPrefix("/"), let real = try? Files.realPath(path) else { return "does not exist" }
        var place = real
        while true {
            var facts = stat()
            guard stat(place, &facts) == 0 else { return "cannot be looked at" }
            let isFolder = facts.st_mode & S_IFMT == S_IFDIR
            if place == real, facts.st_mode & S_IFMT != S_IFREG { return "is no file" }
            guard facts.st_uid == 0 || facts.st_uid == geteuid() else { return "belongs to another account" }
            let isShared = isFolder && facts.st_mode & S_ISVTX != 0
            guard facts.st_mode & 0o022 == 0 || isShared else {
                return isFolder ? "is in a folder that others may write to" : "may be written by others"
            }
            if place == "/" { return nil }
            place = Files.parent(of: place)
        }
    }
}
