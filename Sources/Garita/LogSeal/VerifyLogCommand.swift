import ArgumentParser

/// `garita verify-log`: recomputes every seal.
struct VerifyLogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-log",
        abstract: "Recomputes every seal of the access log; exit code 65 and a line per fault when one does not hold.")

    @Option(help: "The witness's copy of the file that `garita seal --witness` wrote.")
    var witness: String?

    func run() throws {
        try CommandFailure.reported {
            let configuration = try Configuration.load()
            let verifier = LogVerifier(
                database: try OwnerConnection.connect(configuration),
                keys: try KeyStore(configuration).sealKeys(),
                witnessed: try witness.map { try WitnessFile.lines(of: $0) } ?? [:])
            let (faults, seals, rows) = try verifier.verify()
            guard faults.isEmpty else { throw CommandFailure.badData(faults.joined(separator: "\n")) }
            print("the log holds: \(counted(seals, "seal")), \(counted(rows, "row"))")
        }
    }
}
