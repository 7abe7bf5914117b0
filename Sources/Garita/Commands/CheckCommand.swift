import ArgumentParser
import CommonPasswords
import OperatingSystem
import PostgreSQL

/// `garita check`: one line per problem, all of them together.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks settings, keys, photos, common passwords, database and schema.")

    @Flag(help: "Also what only production needs: ages of keys, TLS, nginx's site, no demo accounts.")
    var deploy = false

    func run() throws {
        try CommandFailure.reported {
            let configuration = try Configuration.load()
            var problems = try KeyStore(configuration).problems()
            if problems.isEmpty { problems += try PoolKeys(configuration)?.problems() ?? [] }
            problems += try photoProblems(configuration.photos)
            problems += commonPasswordsProblems(configuration.commonPasswords)
            if deploy { problems += try DeployCheck(configuration: configuration).fileProblems() }
            do {
                problems += try databaseProblems(configuration)
                if deploy { problems += try DeployCheck(configuration: configuration).databaseProblems() }
            } catch let error as DatabaseError where !problems.isEmpty {
                problems.append("the database was not checked: \(error.debugDescription)")
            }
            guard problems.isEmpty else { throw Configuration.Problems(list: problems) }
            if let sql = configuration.sql {
                let database = try OwnerConnection.connect(configuration)
                guard try Migrator(database: database, files: try SQLFiles(sql)).plan().isEmpty else {
                    throw CommandFailure.badData("the schema is behind; run `garita migrate`")
                }
                let outdated = try Self.outdatedCopies(database)
                guard outdated.isEmpty else {
                    throw CommandFailure.badData("outdated copies: \(outdated); run `garita maintain`")
                }
                for pin in try Self.shortPINs(configuration) { print(pin) }
            }
            print("ok")
        }
    }

    private func commonPasswordsProblems(_ file: String) -> [String] {
        do {
            _ = try CommonPasswords(file: file)
            return []
        } catch {
            return ["GARITA_COMMON_PASSWORDS: \(error)"]
        }
    }

    /// Photos are personal data: no other account of the machine may read them.
    private func photoProblems(_ folder: String) throws -> [String] {
        guard Directories.isWritable(folder) else { return ["GARITA_PHOTOS is no folder that can be written"] }
        guard try Directories.permissions(of: folder) & 0o007 != 0 else { return [] }
        return ["GARITA_PHOTOS: the folder is open to others; chmod 750 it"]
    }

    /// What a role of a pool may not be, and what an acknowledged entry needs of the server.
    private func databaseProblems(_ configuration: Configuration) throws -> [String] {
        var problems: [String] = []
        for pool in Pool.allCases {
            let database = configuration.database(as: pool.role, deadlineMilliseconds: 5_000)
            _ = try database.run(Statement("select api.ready()")).single()
            let rows = try database.run(Statement(Self.weakSettings))
            for row in rows { problems.append("DATABASE_URL: \(pool.role): \(try row.text(0))") }
        }
        if let seconds = try Clock.secondsBehind(
            configuration.database(as: Pool.gate.role, deadlineMilliseconds: 5_000))
        {
            problems.append("the database's clock is \(seconds) s behind the newest entry of the log; set it right")
        }
        return problems
    }

    /// Rows that differ from what they hold a copy of, such as `sessions 2, …`; empty as long as only Garita writes.
    private static func outdatedCopies(_ database: Database) throws -> String {
        let rows = try database.run(Statement("select what, count from garita.check_copies()"))
        return try rows.map { "\(try $0.text(0)) \(try $0.integer(1))" }.joined(separator: ", ")
    }

    /// PINs of fewer than 6 digits, from the legacy system: they work, and should be replaced.
    private static func shortPINs(_ configuration: Configuration) throws -> [String] {
        let rows = try OwnerConnection.connect(configuration).run(
            Statement(
                "select c.id, s.code, coalesce(c.code_digits + c.code_letters, octet_length(c.code_sealed) - 28) from garita.access_codes as c"
                    + " join garita.sites as s on s.id = c.site_id where c.is_active and c.code_type = 'PIN'"
                    + " and coalesce(c.code_digits + c.code_letters, octet_length(c.code_sealed) - 28) < 6 order by c.id"
            ))
        return try rows.map {
            "note: the PIN \(try $0.integer(0)) of site \(try $0.text(1)) has \(counted(try $0.integer(2), "digit")); give its person another one of 6 or more"
        }
    }

    private static let weakSettings = """
        select w.problem from (values
            ('fsync is off', current_setting('fsync') = 'off'),
            ('full_page_writes is off', current_setting('full_page_writes') = 'off'),
            ('synchronous_commit is not on', current_setting('synchronous_commit') in ('off', 'local')),
            ('password_encryption is not scram-sha-256', current_setting('password_encryption') <> 'scram-sha-256'),
            ('log_parameter_max_length is not 0', current_setting('log_parameter_max_length') <> '0'),
            ('the role is a superuser', current_setting('is_superuser') = 'on'),
            ('set_config is open to everybody; run sql/database.sql',
                has_function_privilege('public', 'pg_catalog.set_config(text, text, boolean)', 'execute'))
        ) as w (problem, is_so) where w.is_so
        """
}
