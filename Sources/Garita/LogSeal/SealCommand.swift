import ArgumentParser
import Cryptography
import OperatingSystem
import PostgreSQL

/// `garita seal`: makes what the log has gained tamper-evident.
struct SealCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Seals new rows of the access log: whoever changes them later is found out by verify-log.")

    @Option(help: "A file to append a line per seal to; ship it to another machine, which is the witness.")
    var witness: String?

    @Flag(help: "Go on, once a second, until told to stop.")
    var follow = false

    @Flag(help: "Only print the public key of each generation, for whoever checks signatures elsewhere.")
    var publicKey = false

    func run() throws {
        try CommandFailure.reported {
            let configuration = try Configuration.load()
            let keys = try KeyStore(configuration).sealKeys()
            if publicKey {
                for key in keys { print("\(key.generation) \(Hexadecimal.encode(key.publicKey))") }
                return
            }
            let sealer = Sealer(database: try OwnerConnection.connect(configuration), key: keys[0])
            let file = try witness.map { try WitnessFile($0) }
            try file?.check(sealer.database)
            repeat {
                let seals = try sealer.sealAll()
                try file?.catchUp(sealer.database)
                if !follow { print("seals made: \(seals.count), log rows: \(seals.reduce(0) { $0 + $1.rows })") }
                if follow { Time.sleep(milliseconds: 1000) }
            } while follow
        }
    }
}
