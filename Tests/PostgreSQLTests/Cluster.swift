import Foundation
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
        binaries = Self.output("pg_config", ["--bindir"])
        if ThisProcess.isRoot, let owner = getpwnam("postgres") {
            chown(directory, owner.pointee.pw_uid, owner.pointee.pw_gid)
        }
        run("initdb", ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        start()
        atexit { Cluster.shared.remove() }
    }

    func settings(deadline: Int = 5000) -> DatabaseSettings {
        DatabaseSettings(
            conninfo: "host=\(directory) dbname=postgres user=postgres", deadlineMilliseconds: deadline,
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
        let command = ["\(binaries)/\(program)"] + arguments
        let drop = ThisProcess.isRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : []
        Self.execute("/usr/bin/env", ["-C", directory] + drop + command)
    }

    private static func execute(_ path: String, _ arguments: [String]) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
        process.waitUntilExit()
    }

    private static func output(_ program: String, _ arguments: [String]) -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = pipe
        try? process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
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
