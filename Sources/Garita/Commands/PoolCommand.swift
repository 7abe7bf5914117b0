import ArgumentParser
import FastCGI
import OperatingSystem

/// `garita pool POOL`: keeps the workers of a pool running.
struct PoolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pool",
        abstract:
            "Keeps the workers of one pool running (descriptor 0 is their socket). HUP replaces them, TERM ends them.")

    @Argument(help: "gate, auth or app")
    var pool: Pool

    func run() throws {
        try CommandFailure.reported {
            ThisProcess.leaveNoCore()
            let workers = try Configuration.load().workers(of: pool)
            try Listener.setQueue(workers * pool.placesPerWorker)
            var supervisor = try Supervisor(pool, workers: workers)
            supervisor.run()
        }
    }
}
