import OperatingSystem
import PostgreSQL

/// A PostgreSQL of its own for the time of a proof: in a folder that goes with it, reached by a socket in that folder
/// alone, without a password because nobody else can enter.
///
/// PostgreSQL refuses to run as root; for root it runs as `postgres`.
final class ScratchCluster {
    private static let waitSeconds: Int64 = 60

    private let scratch: ScratchFolder
    private var folder: String { scratch.path }
    private var server: RunningProgram?

    /// Makes and starts it, with the roles and an empty database `garita`.
    /// - Parameter parent: where the folder is made.
    init(in parent: String, sql: String) throws {
        // PostgreSQL's account passes through, to folders that nobody else enters.
        scratch = try ScratchFolder(in: parent, mode: ThisProcess.isRoot ? 0o711 : 0o700)
        try start()
        try wait()
        try prepare(sql)
    }

    /// The server first, which writes into the folder.
    deinit { server = nil }

    private func start() throws {
        let (data, socket) = ("\(folder)/data", "\(folder)/socket")
        let owner = ThisProcess.isRoot ? ["--owner=postgres", "--group=postgres"] : []
        try Pipeline(Program(["install", "--directory", "--mode=700"] + owner + [data, socket])).run()
        try Pipeline(
            Self.asServer([
                try PostgreSQLPrograms.path(of: "initdb"), "--pgdata=\(data)", "--username=postgres", "--auth=trust",
                "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
            ])
        ).run()
        server = try RunningProgram(
            Self.asServer([
                try PostgreSQLPrograms.path(of: "postgres"), "-D", data, "-k", socket, "-c", "listen_addresses=",
                "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off",
                "-c", "max_wal_size=4GB", "-c", "jit=off",
                "-c", "maintenance_work_mem=256MB", "-c", "log_min_messages=panic",
                "-c", "log_min_error_statement=panic",
            ]))
    }

    /// The way to its database, without a user.
    var connection: ConnectionText { Self.connection(folder, database: "garita") }

    private static func connection(_ folder: String, database: String) -> ConnectionText {
        ConnectionText(pairs: [("host", "\(folder)/socket"), ("dbname", database)])
    }

    private func wait() throws {
        let superuser = Database(
            DatabaseSettings(
                Self.connection(folder, database: "postgres").adding(user: "postgres"), deadlineMilliseconds: 5_000,
                applicationName: "garita_proof"))
        let end = Time.monotonicMilliseconds() + Self.waitSeconds * 1000
        while (try? superuser.run(Statement("select"))) == nil {
            guard server?.isRunning == true, Time.monotonicMilliseconds() < end else {
                throw CommandFailure.failed("the scratch cluster does not start")
            }
            Time.sleep(milliseconds: 100)
        }
    }

    private func prepare(_ sql: String) throws {
        let script =
            try Files.readText("\(sql)/roles.sql")
            + "\ncreate database garita owner garita_owner;\n\\c garita\n" + Files.readText("\(sql)/database.sql")
        let psql = Program([
            try PostgreSQLPrograms.path(of: "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "\(folder)/socket",
            "-U", "postgres", "-d", "postgres",
        ])
        try Pipeline(psql).run(feeding: { try $0(Array(script.utf8)) })
    }

    /// The server ends with this process, however that ends (`--pdeathsig`); where it stands everybody may be.
    private static func asServer(_ arguments: [String]) -> Program {
        let account = ThisProcess.isRoot ? ["--reuid=postgres", "--regid=postgres", "--init-groups"] : []
        return Program(
            ["env", "--chdir=/", "setpriv"] + account + ["--no-new-privs", "--pdeathsig=QUIT", "--"] + arguments)
    }
}
