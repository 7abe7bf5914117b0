import Glibc

/// Facts about the running process.
package enum ThisProcess {
    /// The process id.
    package static var id: Int32 { getpid() }

    /// Whether it runs as the superuser of the machine.
    package static var isRoot: Bool { geteuid() == 0 }
}
