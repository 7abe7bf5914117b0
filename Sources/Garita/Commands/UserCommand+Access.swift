import ArgumentParser
import PostgreSQL

extension UserCommand {
    struct Deactivate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "deactivate", abstract: "Disables an account: its next request is refused.")

        @Argument(help: "User name.")
        var name: String

        func run() throws {
            try CommandFailure.reported {
                try Accounts().change(name, "is_active = $2", .bool(false))
                print("\(name) is deactivated")
            }
        }
    }

    struct Activate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "activate", abstract: "Enables an account again.")

        @Argument(help: "User name.")
        var name: String

        func run() throws {
            try CommandFailure.reported {
                try Accounts().change(name, "is_active = $2", .bool(true))
                print("\(name) is active")
            }
        }
    }

    struct Unlock: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unlock", abstract: "Forgets the failed log-ins of an account.")

        @Argument(help: "User name.")
        var name: String

        func run() throws {
            try CommandFailure.reported {
                let accounts = try Accounts()
                let tries = try accounts.database.run(
                    Statement(
                        "select garita.unlock_account($1)", parameters: [.integer(try accounts.id(of: name))])
                ).single().integer(0)
                print("\(name) is unlocked; \(counted(tries, "try", plural: "tries")) forgotten")
            }
        }
    }

    struct ResetSecondFactor: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-second-factor",
            abstract: "Takes a lost second factor away and ends every session of the account.")

        @Argument(help: "User name.")
        var name: String

        func run() throws {
            try CommandFailure.reported {
                let accounts = try Accounts()
                let had = try accounts.database.run(
                    Statement(
                        "select garita.reset_second_factor($1)", parameters: [.integer(try accounts.id(of: name))])
                ).single().bool(0)
                guard had else { throw CommandFailure.badData("\(name) has no second factor; its sessions are over") }
                print("the second factor of \(name) is gone; its sessions are over")
            }
        }
    }
}
