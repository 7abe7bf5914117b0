import Glibc

/// Programs that this process starts, and their ends.
package enum ChildProcess {
    /// How a process ended.
    package enum End: Equatable, Sendable {
        case exit(Int32)
        case signal(Int32)

        /// From the status of wait(2).
        init(status: Int32) {
            self = status & 0x7F == 0 ? .exit((status >> 8) & 0xFF) : .signal(status & 0x7F)
        }
    }

    /// What there is to know about all children.
    package enum News: Equatable, Sendable {
        case ended(Int32, End)
        /// Nothing since the last question.
        case nothing
        /// There is no child.
        case childless
    }

    /// Starts a program with this process's environment and files, and with no signal blocked (posix_spawn(3)).
    ///
    /// - Returns: its process id.
    package static func start(_ program: String, _ arguments: [String]) throws(OperatingSystemError) -> Int32 {
        // Not `environ`: Swift takes it for a variable that another thread might change.
        let environment = try Files.read("/proc/self/environ").split(separator: 0).map(Array.init)
        let words = CStrings(([program] + arguments).map { Array($0.utf8) })
        let variables = CStrings(environment)
        defer {
            words.free()
            variables.free()
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var process: pid_t = 0
        let code = posix_spawn(&process, program, nil, &attributes, words.pointers, variables.pointers)
        guard code == 0 else { throw OperatingSystemError("start", path: program, code: code) }
        return process
    }

    /// One child that has ended since the last question, if any; does not wait (waitpid(2)).
    package static func news() -> News {
        var status: Int32 = 0
        let process = waitpid(-1, &status, WNOHANG)
        if process == 0 { return .nothing }
        return process > 0 ? .ended(process, End(status: status)) : .childless
    }

    /// Sends a signal to a child that has not been reported as ended.
    package static func signal(_ process: Int32, _ number: Int32) { _ = kill(process, number) }
}

/// An array of C strings with the null pointer at its end, as exec(3) wants it; free it once.
private struct CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [[UInt8]]) {
        pointers = texts.map { strdup($0.map(CChar.init(bitPattern:)) + [0]) } + [nil]
    }

    func free() {
        for pointer in pointers { Glibc.free(pointer) }
    }
}
