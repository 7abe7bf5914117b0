import Glibc

/// Directories and the permissions of what is in them.
package enum Directories {
    /// The names in a directory, sorted by bytes, without `.` and `..`.
    package static func names(in path: String) throws(OperatingSystemError) -> [String] {
        guard let handle = opendir(path) else { throw OperatingSystemError("read directory", path: path) }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Makes a directory with mode 0700 unless there is one already.
    ///
    /// Parents must exist. Root makes it as the owner of the parent.
    package static func create(_ path: String) throws(OperatingSystemError) {
        try FolderOwner.act(in: Files.parent(of: path)) { () throws(OperatingSystemError) in
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
                throw OperatingSystemError("create directory", path: path)
            }
        }
    }

    /// Whether there is a directory of that name, as far as this process may see.
    package static func exists(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes a directory whose name begins so and ends in six letters that nobody can know before (mkdtemp(3)).
    /// - Returns: its path.
    package static func createUnique(_ beginning: String, mode: UInt32) throws(OperatingSystemError) -> String {
        var path = Array("\(beginning)XXXXXX".utf8CString)
        guard mkdtemp(&path) != nil, chmod(path, mode) == 0 else {
            throw OperatingSystemError("create directory", path: beginning)
        }
        return String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Makes a directory that nobody has made before.
    /// - Throws: `EEXIST` where there is anything of that name, a link too.
    package static func createNew(_ path: String, mode: UInt32 = 0o700) throws(OperatingSystemError) {
        guard mkdir(path, mode) == 0, chmod(path, mode) == 0 else {
            throw OperatingSystemError("create directory", path: path)
        }
    }

    /// Whether a path is a directory, no link to one, that this process's account owns.
    package static func isOwn(_ path: String) -> Bool {
        var facts = stat()
        return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR && facts.st_uid == geteuid()
    }

    /// Whether a path is a directory, and no link to one.
    package static func isPlain(_ path: String) -> Bool {
        var facts = stat()
        return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    /// Removes whatever has that name: a directory with everything in it, of a link the link alone.
    ///
    /// Root does it as the owner of the parent.
    package static func removeAll(_ path: String) throws(OperatingSystemError) {
        try FolderOwner.act(in: Files.parent(of: path)) { () throws(OperatingSystemError) in
            guard isPlain(path) else {
                guard unlink(path) == 0 else { throw OperatingSystemError("remove", path: path) }
                return
            }
            for name in try names(in: path) { try removeAll("\(path)/\(name)") }
            guard rmdir(path) == 0 else { throw OperatingSystemError("remove", path: path) }
        }
    }

    /// Whether this process may make and remove files in it; false when there is none.
    package static func isWritable(_ path: String) -> Bool {
        exists(path) && access(path, W_OK | X_OK) == 0
    }

    /// Whether an account other than root and this process's own may write it.
    ///
    /// The group of root counts as root. In a directory with the sticky bit nobody replaces what belongs to another.
    package static func isWritableByOthers(_ path: String) throws(OperatingSystemError) -> Bool {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw OperatingSystemError("look at", path: path) }
        if facts.st_uid != 0, facts.st_uid != geteuid() { return true }
        if facts.st_mode & S_IFMT == S_IFDIR, facts.st_mode & S_ISVTX != 0 { return false }
        return facts.st_mode & S_IWOTH != 0 || facts.st_mode & S_IWGRP != 0 && facts.st_gid != 0
    }

    /// The permission bits of a file or directory, such as `0o600`.
    package static func permissions(of path: String) throws(OperatingSystemError) -> UInt32 {
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw OperatingSystemError("look at", path: path) }
        return facts.st_mode & 0o7777
    }
}
