import Glibc

/// Facts about the running process.
package enum ThisProcess {
    /// The process id.
    package static var id: Int32 { getpid() }

    /// Whether it runs as the superuser of the machine.
    package static var isRoot: Bool { geteuid() == 0 }

    /// The login name of who runs it; its number when it has none.
    package static var userName: String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return String(getuid()) }
        return String(cString: name)
    }
}
