import CommonPasswords
import Cryptography
import OperatingSystem
import Pages
import PostgreSQL
import Users
import Web

/// The accounts as the operator's commands reach them: as the owner of the database.
struct Accounts {
    let database: Database
    private let keys: AccountKeys

    init() throws {
        let configuration = try Configuration.load()
        CommonPasswords.use(file: configuration.commonPasswords)
        keys = try KeyStore(configuration).load().accounts
        database = try OwnerConnection.connect(configuration)
    }

    /// The site of a code; the first one for none.
    func site(_ code: String?) throws -> (id: Int64, name: String) {
        let rows = try database.run(
            Statement(
                "select id, name from garita.sites where code = $1 or $1 is null order by id limit 1",
                parameters: [code.map { .text($0) } ?? .null]))
        guard rows.count == 1 else { throw CommandFailure.badData("there is no site \(code ?? "at all")") }
        return (try rows[0].integer(0), try rows[0].text(1))
    }

    func id(of name: String) throws -> Int64 {
        let rows = try database.run(
            Statement("select id from garita.users where username = $1", parameters: [.text(name)]))
        guard rows.count == 1 else { throw CommandFailure.badData("there is no account \(name)") }
        return try rows[0].integer(0)
    }

    func owner(_ name: String) throws -> PasswordOwner {
        let row = try database.run(
            Statement(
                "select u.username, u.first_name, u.last_name, u.email, coalesce(s.name, '') from garita.users as u"
                    + " left join garita.sites as s on s.id = u.site_id where u.id = $1",
                parameters: [.integer(try id(of: name))])
        ).single()
        return PasswordOwner(
            username: try row.text(0), firstName: try row.text(1), lastName: try row.text(2),
            email: try row.text(3), site: try row.text(4))
    }

    /// - Parameter assignment: with `$2` for the value.
    func change(_ name: String, _ assignment: String, _ value: Parameter) throws {
        _ = try database.run(
            Statement(
                "update garita.users set \(assignment) where id = $1", parameters: [.integer(try id(of: name)), value]))
    }

    /// Makes a one-time link and prints it, this once: as what follows the residence's address, which no setting tells.
    func printLink(for name: String) throws {
        let token = PasswordLink.makeToken()
        let row = try database.run(
            Statement(
                "select to_char(garita.link_password($1, $2) at time zone 'UTC', 'YYYY-MM-DD HH24:MI \"UTC\"')",
                parameters: [.integer(try id(of: name)), .bytes(keys.tag(.passwordLink, token))])
        ).single()
        print("token=\(token)\nuntil=\(try row.text(0))\npath=\(PagePath.newPassword)#\(token)")
        print("The link is the address of the residence, such as https://garita.example.org, with this path behind it.")
    }
}

/// A password that the operator types, or that stands in the first line of standard input.
enum NewPassword {
    /// - Returns: the hash to store.
    /// - Throws: `CommandFailure.badData` with everything that is wrong with it.
    static func ask(for owner: PasswordOwner) throws -> String {
        guard let password = Terminal.readSecret(prompt: "Password: "), !password.isEmpty else {
            throw CommandFailure.badData("no password was given")
        }
        if Terminal.isInteractive {
            guard Terminal.readSecret(prompt: "Once more: ") == password else {
                throw CommandFailure.badData("the two are not the same")
            }
        }
        let faults = try PasswordPolicy.faults(of: password, owner)
        guard faults.isEmpty else { throw CommandFailure.badData(faults.map(\.english).joined(separator: "\n")) }
        return try PasswordHash.make(password).stored
    }
}
