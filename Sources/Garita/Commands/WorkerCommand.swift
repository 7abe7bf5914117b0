import ArgumentParser
import CommonPasswords
import Images
import OperatingSystem

/// `garita worker POOL`: answers requests on descriptor 0, one at a time, until told to stop.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Serves one pool behind nginx (FastCGI on descriptor 0).")

    @Argument(help: "gate, auth or app")
    var pool: Pool

    func run() throws {
        do { try CommandFailure.reported(serve) } catch {
            // The supervisor starts another one at once: without a pause, failing starts would take a whole core.
            Time.sleep(milliseconds: Self.pauseMilliseconds)
            throw error
        }
    }

    /// How long a worker that cannot serve waits before it ends.
    ///
    /// One that is killed or crashes is replaced at once.
    private static let pauseMilliseconds: Int32 = 1_000

    private func serve() throws {
        let configuration = try Configuration.load()
        Log.isDebugging = configuration.isDebugging
        CommonPasswords.use(file: configuration.commonPasswords)
        var worker = Worker(
            pool: pool, hosts: configuration.allowedHosts,
            database: configuration.database(as: pool.role, deadlineMilliseconds: pool.deadlineMilliseconds),
            application: try ReloadingApplication(
                KeyStore(of: pool, configuration), pool: pool,
                photos: PhotoFolder(configuration.photos), assets: configuration.assets()))
        try worker.serve()
    }
}
