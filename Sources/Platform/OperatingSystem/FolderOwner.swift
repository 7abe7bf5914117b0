import Glibc

/// How root works in a folder that belongs to another account.
///
/// Whoever owns a folder can exchange any name in it for a link to a file of root's, at any moment. What is done there
/// as its owner reaches nothing that the owner could not reach alone; so it is done as the owner, never as root.
package enum FolderOwner {
    /// Does work as the owner of a folder: its user, its group, no other group.
    ///
    /// For every process but root's, and for a folder of root's, nothing changes.
    ///
    /// Source: seteuid(2), setgroups(2): permissions are judged by the effective ids.
    package static func act<Value>(
        in folder: String, _ work: () throws(OperatingSystemError) -> Value
    ) throws(OperatingSystemError) -> Value {
        let former = try become(ownerOf: folder)
        defer { former?.restore() }
        return try work()
    }

    /// The same for work of several steps, of which each may fail in its own way; no program is started in it.
    package static func work<Value>(in folder: String, _ work: () throws -> Value) throws -> Value {
        let former = try become(ownerOf: folder)
        defer { former?.restore() }
        return try work()
    }

    /// What the process was before.
    private struct Former {
        let group: gid_t
        let groups: [gid_t]

        func restore() {
            seteuid(0)
            setegid(group)
            setgroups(groups.count, groups)
        }
    }

    /// - Returns: what to restore; nil where nothing has changed.
    private static func become(ownerOf folder: String) throws(OperatingSystemError) -> Former? {
        guard geteuid() == 0, let owner = try owner(of: folder) else { return nil }
        let former = Former(group: getegid(), groups: try supplementaryGroups())
        guard setgroups(1, [owner.group]) == 0, setegid(owner.group) == 0, seteuid(owner.user) == 0 else {
            let error = OperatingSystemError("act as the owner of", path: folder)
            former.restore()
            throw error
        }
        return former
    }

    /// The owner of a folder; nil when that is root.
    ///
    /// Of a symbolic link and the folder it leads to, the owner that is not root.
    private static func owner(of folder: String) throws(OperatingSystemError) -> (user: uid_t, group: gid_t)? {
        var link = stat()
        var facts = stat()
        guard lstat(folder, &link) == 0, stat(folder, &facts) == 0 else {
            throw OperatingSystemError("look at", path: folder)
        }
        let found = link.st_uid != 0 ? link : facts
        return found.st_uid == 0 ? nil : (found.st_uid, found.st_gid)
    }

    private static func supplementaryGroups() throws(OperatingSystemError) -> [gid_t] {
        var groups = [gid_t](repeating: 0, count: max(0, Int(getgroups(0, nil))))
        let count = getgroups(Int32(groups.count), &groups)
        guard count >= 0 else { throw OperatingSystemError("read the groups of the process") }
        return Array(groups.prefix(Int(count)))
    }
}
