import PostgreSQL

/// What `garita check` asks the database: as each pool's role, then as its owner.
struct DatabaseCheck {
    private static let deadlineMilliseconds = 5_000
    private static let oldestVersion: Int64 = 140_000

    let configuration: Configuration

    /// Everything; what cannot be asked is a finding, too.
    func findings(deploying: Bool) throws -> [Finding] {
        var found: [Finding] = []
        do {
            try ask(deploying, &found)
        } catch let error as DatabaseError {
            found.append(Self.finding(error))
        }
        return found
    }

    private func ask(_ deploying: Bool, _ found: inout [Finding]) throws {
        found += try sharedUser()
        for pool in Pool.allCases { found += try weaknesses(of: pool) }
        let database = try OwnerConnection.connect(configuration)
        if deploying { found += try DeployCheck(configuration: configuration).databaseFindings(database) }
        guard let sql = configuration.sql else { return }
        guard try Migrator(database: database, files: try SQLFiles(sql)).plan().isEmpty else {
            return found.append(Finding(.schemaBehind, "the schema is behind; run `garita migrate`"))
        }
        found += try outdatedCopies(database) + shortPINs(database)
    }

    private func sharedUser() throws -> [Finding] {
        let users = try Set(Pool.allCases.map { try configuration.connection(of: $0)["user"] })
        return users.count == 1 ? [Finding(.sharedUser, "DATABASE_URL: all pools connect as its user")] : []
    }

    private static func finding(_ error: DatabaseError) -> Finding {
        let facts = error.debugDescription
        if case .refused(let refusal) = error, ["3F000", "42883", "42P01"].contains(refusal.state) {
            return Finding(.schemaBehind, "the database holds no schema of ours; run `garita migrate`")
        }
        // libpq has no code for it: these are the words of its own refusals and of OpenSSL's.
        let isAboutTLS = !facts.contains("pg_hba.conf") && (facts.contains("certificate") || facts.contains("SSL"))
        return Finding(isAboutTLS ? .databaseTLS : .databaseAway, "DATABASE_URL: \(facts)")
    }

    /// What a role of a pool may not be, and what an acknowledged entry needs of the server.
    private func weaknesses(of pool: Pool) throws -> [Finding] {
        let database = try configuration.database(of: pool, deadlineMilliseconds: Self.deadlineMilliseconds)
        let version = try database.run(Statement("select current_setting('server_version_num')::bigint")).single()
        guard try version.integer(0) >= Self.oldestVersion else {
            return [Finding(.databaseVersion, "DATABASE_URL: the server is older than PostgreSQL 14")]
        }
        _ = try database.run(Statement("select api.ready()")).single()
        var found = try database.run(Statement(Self.weaknesses)).map { row in
            let id = try row.text(0)
            return Finding(
                Check.ofServer.first { $0.id == id } ?? .databaseSettings,
                "DATABASE_URL: \(pool.role): \(try row.text(1))")
        }
        if pool == .gate, let seconds = try Clock.secondsBehind(database) {
            let text = "the database's clock is \(seconds) s behind the newest entry of the log; set it right"
            found.append(Finding(.clockBehind, text))
        }
        return found
    }

    /// Rows that differ from what they hold a copy of; none as long as only Garita writes.
    private func outdatedCopies(_ database: Database) throws -> [Finding] {
        let rows = try database.run(Statement("select what, count from garita.check_copies()"))
        let copies = try rows.map { "\(try $0.text(0)) \(try $0.integer(1))" }.joined(separator: ", ")
        return copies.isEmpty ? [] : [Finding(.outdatedCopies, "outdated copies: \(copies); run `garita maintain`")]
    }

    /// PINs of fewer than 6 digits, from the legacy system: they work, and should be replaced.
    private func shortPINs(_ database: Database) throws -> [Finding] {
        let rows = try database.run(
            Statement(
                "select c.id, s.code, coalesce(c.code_digits + c.code_letters, octet_length(c.code_sealed) - 28) from garita.access_codes as c"
                    + " join garita.sites as s on s.id = c.site_id where c.is_active and c.code_type = 'PIN'"
                    + " and coalesce(c.code_digits + c.code_letters, octet_length(c.code_sealed) - 28) < 6 order by c.id"
            ))
        return try rows.map {
            Finding(
                .shortPIN,
                "the PIN \(try $0.integer(0)) of site \(try $0.text(1)) has \(counted(try $0.integer(2), "digit")); give its person another one of 6 or more"
            )
        }
    }

    private static let weaknesses = """
        select w.id, w.problem from (values
            ('garita.E022', 'fsync is off', current_setting('fsync') = 'off'),
            ('garita.E022', 'full_page_writes is off', current_setting('full_page_writes') = 'off'),
            ('garita.E022', 'synchronous_commit is not on', current_setting('synchronous_commit') in ('off', 'local')),
            ('garita.E022', 'password_encryption is not scram-sha-256',
                current_setting('password_encryption') <> 'scram-sha-256'),
            ('garita.E022', 'log_parameter_max_length is not 0', current_setting('log_parameter_max_length') <> '0'),
            ('garita.E023', 'the role is a superuser', current_setting('is_superuser') = 'on'),
            ('garita.E024', 'set_config is open to everybody; run sql/database.sql',
                has_function_privilege('public', 'pg_catalog.set_config(text, text, boolean)', 'execute'))
        ) as w (id, problem, is_so) where w.is_so
        """
}

extension Check {
    /// Those that `weaknesses` names.
    fileprivate static let ofServer = [databaseSettings, databaseSuperuser, openSetConfig]
}
