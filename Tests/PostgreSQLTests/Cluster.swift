import Glibc
import OperatingSystem
import PostgreSQL

/// A throw-away PostgreSQL cluster of this test run, reachable by a Unix socket only.
final class Cluster: Sendable {
    static let shared = Cluster()

    private let directory: String
    private let binaries: String

    private init() {
        var template = Array("/tmp/garita-pg-XXXXXX".utf8CString)
        directory = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
        binaries = Self.findBinaries()
        if ThisProcess.isRoot, let owner = getpwnam("postgres") {
            chown(directory, owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
        run("initdb", ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        start()
        atexit { Cluster.shared.remove() }
    }

    func settings(deadline: Int = 5000) -> DatabaseSettings {
        DatabaseSettings(
            ConnectionText(pairs: [("host", directory), ("dbname", "postgres"), ("user", "postgres")]),
            deadlineMilliseconds: deadline,
            applicationName: "garita it's a test")
    }

    func start() {
        let options = "-c listen_addresses='' -c unix_socket_directories=\(directory) -c fsync=off"
        run("pg_ctl", ["-D", data, "-l", directory + "/log", "-w", "-o", options, "start"])
    }

    func stop() {
        run("pg_ctl", ["-D", data, "-m", "immediate", "-w", "stop"])
    }

    /// Stops (STOP) or continues (CONT) the process that accepts connections.
    func signalPostmaster(_ signal: Int32) {
        let first = try? Files.readText(data + "/postmaster.pid").split(separator: "\n").first
        if let first, let id = Int32(first) { kill(id, signal) }
    }

    private var data: String { directory + "/data" }

    private func remove() {
        stop()
        Self.execute("/bin/rm", ["-rf", directory])
    }

    /// PostgreSQL refuses to run as root.
    private func run(_ program: String, _ arguments: [String]) {
        let command = ["\(binaries)\(program)"] + arguments
        let drop = ThisProcess.isRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : []
        Self.execute("/usr/bin/env", ["-C", directory] + drop + command)
    }

    /// Foundation's `Process` would wait for the server too, which inherits what it watches.
    private static func execute(_ path: String, _ arguments: [String]) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in 0...2 as ClosedRange<Int32> {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process: pid_t = 0
        guard posix_spawn(&process, path, &actions, nil, &words, environ) == 0 else { return }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    }

    /// The newest PostgreSQL that Debian installed, or whatever the path offers.
    private static func findBinaries() -> String {
        let root = "/usr/lib/postgresql"
        let versions = ((try? Directories.names(in: root)) ?? []).compactMap { Int($0) }
        return versions.max().map { "\(root)/\($0)/bin/" } ?? ""
    }
}

extension Database {
    /// The only value of the only row.
    func integer(_ sql: String, name: String? = nil, _ parameters: [Parameter] = []) throws -> Int64 {
        try run(Statement(sql, name: name, parameters: parameters)).single().integer(0)
    }

    /// The process id of the server's end.
    func backend() throws -> Int64 { try integer("select pg_backend_pid()") }
}

/// The error of a call that must fail.
func failure(_ body: () throws -> Void) -> DatabaseError? {
    do { try body() } catch { return error as? DatabaseError }
    return nil
}

/// How long the body takes, in milliseconds.
func milliseconds(_ body: () -> Void) -> Int64 {
    let start = Time.monotonicMilliseconds()
    body()
    return Time.monotonicMilliseconds() - start
}
