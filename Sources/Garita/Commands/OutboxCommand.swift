import ArgumentParser

/// `garita outbox`: hands messages to doors and integrators.
struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract:
            "Opens doors and calls webhooks: hands over what the outbox holds, until told to stop. Several may run.")

    func run() throws {
        try CommandFailure.reported {
            let configuration = try Configuration.load(for: .outbox)
            Log.isDebugging = configuration.isDebugging
            try OutboxProcess(configuration).run()
        }
    }
}
