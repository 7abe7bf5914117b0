import Glibc

/// Another program: where it is, its arguments, and the whole of its environment.
///
/// It starts with no file of this process open but its standard ones. What it says of its failures goes to this
/// process's standard error.
package struct Program: Sendable {
    private static let path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    let arguments: [String]
    private let environment: [String]

    /// The name that messages give it.
    var name: String { arguments.first.map { String($0.split(separator: "/").last ?? "") } ?? "" }

    /// - Parameters:
    ///   - arguments: the program first; a bare name is looked for where Debian keeps programs.
    ///   - environment: all that it gets besides `PATH` and the language.
    package init(_ arguments: [String], environment: [String: String] = [:]) {
        self.arguments = arguments
        self.environment = [Self.path, "LC_ALL=C.UTF-8"] + environment.map { "\($0.key)=\($0.value)" }.sorted()
    }

    /// Starts it.
    ///
    /// - Parameters:
    ///   - input: its standard input; nil for nothing to read.
    ///   - output: its standard output; nil when nobody wants it.
    ///   - isLeader: whether it and what it starts can be ended together, as a process group of its own.
    /// - Returns: its process id, for ``finish(_:)``.
    ///
    /// Source: posix_spawn(3)
    func start(input: Int32?, output: Int32?, isLeader: Bool = false) throws(OperatingSystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor, mode) in [(Int32(0), input, O_RDONLY), (1, output, O_WRONLY)] {
            if let descriptor {
                posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            } else {
                posix_spawn_file_actions_addopen(&actions, number, "/dev/null", mode, 0)
            }
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this process ignores or blocks, a child would as well.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        let group = isLeader ? POSIX_SPAWN_SETPGROUP : 0
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group))
        var (words, variables) = (arguments.map { strdup($0) } + [nil], environment.map { strdup($0) } + [nil])
        defer { for text in words + variables { free(text) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, &variables)
        guard code == 0 else { throw OperatingSystemError("run", path: arguments[0], code: code) }
        return process
    }

    /// Waits until it has ended; nil when it ended well.
    func finish(_ process: pid_t) -> ProgramFailure? {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { break } }
        let signal = status & 0x7f
        guard status != 0 else { return nil }
        return ProgramFailure(name: name, exitCode: signal == 0 ? status >> 8 & 0xff : nil, signal: signal)
    }
}

/// A program that did not end well; it has said why on standard error.
package struct ProgramFailure: Error, Equatable, CustomStringConvertible {
    let name: String
    let exitCode: Int32?
    let signal: Int32

    /// Whether it only followed another one that no longer read what it wrote.
    var isEchoOfAnother: Bool { signal == SIGPIPE }

    package var description: String {
        "\(name) failed (\(exitCode.map { "exit code \($0)" } ?? "signal \(signal)")); the lines above say why"
    }
}
