import ArgumentParser
import OperatingSystem
import Web

/// `garita demo`: the sample community, once, with accounts whose passwords nobody could guess.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Loads the sample community into an empty database.")

    @Option(help: "Also write address, accounts and passwords to this file (mode 0600).")
    var envFile: String?

    @Option(help: "The address that --env-file names.")
    var url = "http://127.0.0.1:8080"

    func run() throws {
        try CommandFailure.reported {
            let configuration = try Configuration.load()
            guard let sql = configuration.sql else { throw Configuration.Problems(list: ["GARITA_SQL is not set"]) }
            let keys = try KeyStore(configuration).load()
            let demo = DemoCommunity(
                database: try OwnerConnection.connect(configuration), codes: keys.codes,
                files: try SQLFiles.files(in: "\(sql)/demo"))
            let accounts = try demo.load()
            if let envFile {
                let lines = ["GARITA_URL=\(url)"] + accounts.flatMap(\.settings)
                try Files.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: envFile)
            }
            print("The demo community is loaded. Its accounts:")
            for account in accounts { print("  \(account.role)  \(account.username)  \(account.password)") }
        }
    }
}
