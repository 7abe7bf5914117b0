import ArgumentParser
import CommonPasswords
import Images
import Monitoring
import Scoreboard

/// `garita worker POOL`: answers requests on descriptor 0, one at a time, until told to stop.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Serves one pool behind nginx (FastCGI on descriptor 0).")

    @Argument(help: "gate, auth, app, device, or status: the one that tells how the others are")
    var pool: Served

    func run() throws { try CommandFailure.reported(serve) }

    private func serve() throws {
        let configuration = try Configuration.load(for: pool)
        Log.isDebugging = configuration.isDebugging
        MonitoredSystem.use(try configuration.monitoredSystem())
        switch pool {
        case .status: try StatusWorker(configuration).serve()
        case .outbox: try OutboxProcess(configuration).run()
        case .pool(let pool): try Self.serve(pool, configuration)
        }
    }

    private static func serve(_ pool: Pool, _ configuration: Configuration) throws {
        CommonPasswords.use(file: configuration.commonPasswords)
        let meter = configuration.meter(pool.rawValue, deadlineMilliseconds: pool.deadlineMilliseconds)
        var worker = Worker(
            pool: pool, hosts: configuration.allowedHosts,
            database: configuration.database(as: pool.role, deadlineMilliseconds: pool.deadlineMilliseconds),
            application: try ReloadingApplication(
                KeyStore(of: pool.purposes, configuration), pool: pool,
                photos: PhotoFolder(configuration.photos), assets: configuration.assets(), meter: meter),
            meter: meter)
        try worker.serve()
    }
}
