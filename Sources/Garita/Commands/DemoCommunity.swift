import Cryptography
import PostgreSQL
import Web

/// The sample community of the legacy API: towers, residents, visitors, gates (`sql/demo/`), and what SQL cannot make
/// because it needs keys: accounts and codes.
struct DemoCommunity {
    let database: Database
    let codes: CodeKeys
    let files: [SQLFile]

    /// One account and its password, in clear this once.
    struct Account {
        /// As `demo.env` names it.
        let setting: String
        let role: String
        let username: String
        let name: (first: String, last: String)
        let password = "\(Self.half())-\(Self.half())"

        /// Lines of `demo.env`.
        var settings: [String] {
            ["GARITA_\(setting)_USER=\(username)", "GARITA_\(setting)_PASSWORD=\(password)"]
        }

        /// Eight characters of 31: two halves are 79 bits.
        private static func half() -> String {
            var generator = SystemRandomNumberGenerator()
            return RandomCode.alphanumeric(using: &generator)
        }
    }

    /// Loads everything in one transaction.
    /// - Throws: `CommandFailure.badData` when the database holds accounts already.
    func load() throws -> [Account] {
        let accounts = [
            Account(setting: "ADMIN", role: "ADMIN", username: "admin", name: ("Admin", "User")),
            Account(setting: "GUARD", role: "GUARD", username: "guard1", name: ("Juan", "Pérez")),
            Account(setting: "RESIDENT", role: "RESIDENT", username: "carlos", name: ("Carlos", "González")),
        ]
        guard try database.run(Statement("select exists (select from garita.users)")).single().bool(0) == false else {
            throw CommandFailure.badData("the database holds accounts already: the demo is for an empty one")
        }
        try database.transaction {
            for account in accounts { try create(account) }
            for file in files { try database.runScript(file.text) }
            try giveCards()
        }
        return accounts
    }

    private func create(_ account: Account) throws {
        let hash = try PasswordHash.make(account.password)
        _ = try database.run(
            Statement(
                "select garita.create_user($1, $2, $3, $4, $5)",
                parameters: [
                    .text(account.username), .text(hash.stored), .text(account.role), .text(account.name.first),
                    .text(account.name.last),
                ]))
    }

    /// The first three residents have a card each, numbered as in the legacy API: `RFID123456` is Carlos González's.
    private func giveCards() throws {
        let residents = try database.run(Statement("select id from garita.residents order by id limit 3"))
        for (resident, number) in zip(residents, ["RFID123456", "RFID123457", "RFID234567"]) {
            guard let card = GateCode(reading: number) else { continue }
            _ = try database.run(
                Statement(
                    "insert into garita.access_codes"
                        + " (resident_id, code_tag, code_sealed, key_version, code_hint, code_digits, code_letters, code_type)"
                        + " values ($1, $2, $3, $4, $5, $6, $7, 'RFID')",
                    parameters: [
                        .integer(try resident.integer(0)), .bytes(codes.tag(card)), .bytes(try codes.seal(card)),
                        .integer(Int64(codes.generation)), .text(card.hint),
                        .integer(card.digits), .integer(card.letters),
                    ]))
        }
    }
}
