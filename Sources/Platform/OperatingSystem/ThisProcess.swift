import Glibc

/// Facts about the running process.
package enum ThisProcess {
    /// The process id.
    package static var id: Int32 { getpid() }

    /// Whether it runs as the superuser of the machine.
    package static var isRoot: Bool { geteuid() == 0 }

    /// The name of the machine (gethostname(2)); empty when it has none that is readable.
    package static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Turns core files off for this process and its children: its memory holds keys, passwords and codes (core(5)).
    package static func leaveNoCore() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }

    /// The login name of the account it runs as; the number of an account without a name.
    package static var userName: String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return String(getuid()) }
        return String(cString: name)
    }
}
