import ArgumentParser
import Cryptography
import PostgreSQL
import Web

/// `garita device`: the gates' own devices.
///
/// A key is printed once, at enrolment and rotation, and stored nowhere.
struct DeviceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device", abstract: "Enrols, rotates, revokes and lists gate devices.",
        subcommands: [Enrol.self, Rotate.self, Revoke.self, List.self])

    struct Enrol: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enrol", abstract: "Binds a new device to one gate and prints its key, this once.")

        @Option(help: "Code of the site.")
        var site: String

        @Option(help: "Code of the access point it stands at.")
        var gate: String

        @Option(help: "What people call it.")
        var name: String

        @Flag(help: "It may let people in.")
        var entry = false

        @Flag(help: "It may let people out.")
        var exit = false

        func validate() throws {
            guard entry || exit else { throw ValidationError("a device needs --entry, --exit or both") }
        }

        func run() throws {
            try DeviceCommand.work { database, keys in
                let row = try database.run(
                    Statement(
                        "select device_id, key_version from garita.enrol_device($1, $2, $3, $4, $5)",
                        parameters: [.text(site), .text(gate), .text(name), .bool(entry), .bool(exit)])
                ).single()
                try DeviceCommand.printKey(of: try row.integer(0), version: try row.integer(1), keys)
            }
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate", abstract: "Prints a new key; the one before it is good for seven more days.")

        @Argument(help: "Number of the device.")
        var device: Int64

        func run() throws {
            try DeviceCommand.work { database, keys in
                let version = try database.run(
                    Statement("select garita.rotate_device($1)", parameters: [.integer(device)])
                ).single().integer(0)
                try DeviceCommand.printKey(of: device, version: version, keys)
            }
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Switches a device off; its next request is refused.")

        @Argument(help: "Number of the device.")
        var device: Int64

        func run() throws {
            try DeviceCommand.work { database, _ in
                _ = try database.run(
                    Statement("select garita.revoke_device($1)", parameters: [.integer(device)]))
                print("device \(device) is revoked")
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists devices and their gates.")

        func run() throws {
            try DeviceCommand.work { database, _ in
                let rows = try database.run(
                    Statement(
                        "select d.id, s.code, p.code, d.name, d.allows_entry, d.allows_exit, d.is_active, d.key_version"
                            + " from garita.devices as d join garita.sites as s on s.id = d.site_id"
                            + " join garita.access_points as p on p.id = d.access_point_id order by d.id"))
                for row in rows {
                    let ways = (try row.bool(4) ? "entry " : "") + (try row.bool(5) ? "exit" : "")
                    let state = try row.bool(6) ? "active" : "revoked"
                    let version = try row.integer(7)
                    print(
                        "\(try row.text(0))  \(try row.text(1))  \(try row.text(2))  \(try row.text(3))", terminator: ""
                    )
                    print("  \(ways)  \(state)  key \(version)")
                }
            }
        }
    }

    private static func work(_ body: (Database, DeviceKeys) throws -> Void) throws {
        try CommandFailure.reported {
            let configuration = try Configuration.load()
            let keys = try KeyStore(configuration).load()
            try body(try OwnerConnection.connect(configuration), keys.devices)
        }
    }

    private static func printKey(of device: Int64, version: Int64, _ keys: DeviceKeys) throws {
        guard let credentials = keys.credentials(of: device, version: version) else {
            throw Configuration.Problems(list: [
                "GARITA_KEYS: the device key is missing; make it with `garita keys init`"
            ])
        }
        print(credentials.exposedLines)
    }
}
