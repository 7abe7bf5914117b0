import ArgumentParser
import CommonPasswords
import Images

/// `garita worker POOL`: answers requests on descriptor 0, one at a time, until told to stop.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Serves one pool behind nginx (FastCGI on descriptor 0).")

    @Argument(help: "gate, auth or app")
    var pool: Pool

    func run() throws { try CommandFailure.reported(serve) }

    private func serve() throws {
        let configuration = try Configuration.load()
        Log.isDebugging = configuration.isDebugging
        CommonPasswords.use(file: configuration.commonPasswords)
        var worker = Worker(
            pool: pool, hosts: configuration.allowedHosts,
            database: configuration.database(as: pool.role, deadlineMilliseconds: pool.deadlineMilliseconds),
            application: try ReloadingApplication(
                KeyStore(of: pool.purposes, configuration), pool: pool,
                photos: PhotoFolder(configuration.photos), assets: configuration.assets()))
        try worker.serve()
    }
}
