import ArgumentParser
import PostgreSQL

extension UserCommand {
    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password", abstract: "Sets a password and ends every session of the account.")

        @Argument(help: "User name.")
        var name: String

        func run() throws {
            try CommandFailure.reported {
                let accounts = try Accounts()
                let hash = try NewPassword.ask(for: try accounts.owner(name))
                try accounts.change(name, "password_hash = $2", .text(hash))
                print("the password of \(name) is set; its sessions are over")
            }
        }
    }

    struct Link: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "link", abstract: "Prints a one-time link with which the person sets the password.")

        @Argument(help: "User name.")
        var name: String

        func run() throws {
            try CommandFailure.reported { try Accounts().printLink(for: name) }
        }
    }
}
