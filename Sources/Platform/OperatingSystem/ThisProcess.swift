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

    /// Lets other processes go first, and its children as well (setpriority(2), ionice(1)): beside a busy one it gets a
    /// tenth of a core, and ends some day.
    package static func yieldToOthers() {
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        try? Pipeline(Program(["ionice", "--ignore", "-c", "3", "-p", "\(id)"])).run()
    }

    /// What this process and its children make from now on is their owner's alone (umask(2)).
    package static func makeFilesPrivate() { umask(0o077) }

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

    /// Becomes another program, which gets this process's environment and files (execv(3)).
    ///
    /// - Returns: never where it succeeds.
    package static func become(_ program: String, _ arguments: [String]) throws(OperatingSystemError) -> Never {
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        words.append(nil)
        execv(program, words)
        let error = OperatingSystemError("start", path: program)
        for word in words { free(word) }
        throw error
    }

    /// The file it runs from (proc(5)); once another file has taken that one's name, the name followed by ` (deleted)`.
    package static func executable() throws(OperatingSystemError) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { throw OperatingSystemError("find the file of this program") }
        return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// How many processors the machine has that are switched on.
    package static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
