import ArgumentParser
import OperatingSystem
import UHPPOTE

/// `garita doors`: what stands in the networks of doors.
struct DoorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doors", abstract: "Finds boards that open doors.", subcommands: [Discover.self])

    struct Discover: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "discover",
            abstract: "Lists the UHPPOTE boards that answer: serial number, address, firmware.",
            discussion: """
                Asks by UDP, port 60000; needs neither settings nor the database. A broadcast reaches the own network only: name a board, or \
                the broadcast address of another network that is routed.
                """)

        @Option(help: "A board, or the broadcast address of a network; with a port behind it where that is not 60000.")
        var address = "255.255.255.255"

        @Option(help: "Seconds to wait for answers, 1 to 60.")
        var seconds = 3

        func validate() throws {
            guard (1...60).contains(seconds) else { throw ValidationError("--seconds is from 1 to 60") }
            guard SocketEndpoint(address, defaultPort: 60000) != nil else {
                throw ValidationError("--address is IPv4, such as 192.168.1.255")
            }
        }

        func run() throws {
            guard let endpoint = SocketEndpoint(address, defaultPort: 60000) else { return }
            try CommandFailure.reported {
                let boards = try Discovery().boards(at: endpoint, within: Int64(clamping: seconds) * 1000)
                for board in boards {
                    print(
                        "\(board.serial)  \(board.address)  mask \(board.mask)  gateway \(board.gateway)  "
                            + "\(board.hardwareAddress)  firmware \(board.firmware)")
                }
                if boards.isEmpty { print("no board answered") }
            }
        }
    }
}
