import ArgumentParser
import FastCGI
import OperatingSystem

/// `garita pool POOL`: keeps the workers of a pool running.
struct PoolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pool",
        abstract:
            "Keeps the workers of one pool running (descriptor 0 is their socket). HUP replaces them, TERM ends them.")

    @Argument(help: "gate, auth, app, device; status: the one that tells how the others are; or outbox")
    var pool: Served

    @Flag(help: "Only looks whether the pool would start with the settings of now: 78 when it would not.")
    var check = false

    func run() throws {
        try CommandFailure.reported {
            ThisProcess.leaveNoCore()
            let workers = pool.workers(try Configuration.load(for: pool))
            guard !check else { return }
            if let places = pool.placesPerWorker { try Listener.setQueue(workers * places) }
            var supervisor = try Supervisor(pool, workers: workers)
            supervisor.run()
        }
    }
}
