import OperatingSystem
import PostgreSQL

/// What `garita check --deploy` checks besides: what only production needs.
struct DeployCheck {
    private static let maximumKeyDays: Int64 = 365

    let configuration: Configuration

    /// Ages and folder of the keys, TLS files, nginx's site.
    func fileProblems() throws -> [String] {
        try keyProblems() + tlsProblems() + siteProblems()
    }

    /// Accounts of the sample community that can still log in; nobody who can administer.
    func databaseProblems() throws -> [String] {
        let database = try OwnerConnection.connect(configuration)
        let administrators = try database.run(
            Statement("select count(*) from garita.users as u where u.is_active and u.role = 'ADMIN'")
        ).single().integer(0)
        let demo = try database.run(
            Statement(
                "select u.username from garita.users as u where u.is_active and u.username = any ($1) order by 1",
                parameters: [.textArray(["carlos", "guard1"])])
        ).map { "the demo's account \(try $0.text(0)) is active; `garita user deactivate` it" }
        let noAdministrator = "there is no administrator; `garita user create NAME --role ADMIN --link`"
        return demo + (administrators > 0 ? [] : [noAdministrator]) + (try sealProblems(database))
            + (try jobProblems(database))
    }

    /// Regular commands that have not succeeded for too long; a timer may run some hours late.
    private func jobProblems(_ database: Database) throws -> [String] {
        try database.run(
            Statement(
                """
                select j.job from api.last_jobs() as j join (values ('maintain', interval '36 hours')) as k (job, longest)
                    on k.job = j.job
                where coalesce(j.last_success, '-infinity') < clock_timestamp() - k.longest
                """)
        ).map { "`garita \(try $0.text(0))` has not succeeded for days; does its timer run?" }
    }

    /// Only the newest rows are looked at: an old one without a seal is for `garita verify-log` to find.
    private func sealProblems(_ database: Database) throws -> [String] {
        let isBehind = try database.run(
            Statement(
                """
                select exists (
                    select from (select l.id, l."timestamp", l.created_at from garita.access_logs l
                        order by l.id desc limit 1000) l
                    where l.created_at < clock_timestamp() - interval '10 minutes' and not exists (
                        select from garita.log_leaves v where v.log_id = l.id and v.log_time = l."timestamp"))
                """)
        ).single().bool(0)
        return isBehind
            ? ["log rows of more than ten minutes ago are not sealed; is `garita seal --follow` running?"] : []
    }

    private func keyProblems() throws -> [String] {
        var problems: [String] = []
        guard let folder = configuration.keys else { return [] }
        if try Directories.permissions(of: folder) & 0o077 != 0 {
            problems.append("GARITA_KEYS: the folder is open to others; chmod 700 it")
        }
        let store = KeyStore(configuration)
        let now = Time.wallSeconds()
        for group in KeysCommand.Group.allCases {
            guard let current = KeyStore.current(of: try store.entries(of: group.purposes[0]), now: now) else {
                continue
            }
            let days = (now - current.madeAt) / 86_400
            guard days > Self.maximumKeyDays else { continue }
            problems.append(
                "GARITA_KEYS: \(group.rawValue) is \(counted(days, "day")) old; `garita keys rotate \(group.rawValue)`")
        }
        return problems
    }

    private func tlsProblems() -> [String] {
        guard let folder = configuration.tls else { return ["GARITA_TLS is not set"] }
        var problems: [String] = []
        for name in ["fullchain.pem", "privkey.pem"] {
            guard let mode = try? Directories.permissions(of: "\(folder)/\(name)") else {
                problems.append("GARITA_TLS: \(name) is missing")
                continue
            }
            if name == "privkey.pem", mode & 0o077 != 0 {
                problems.append("GARITA_TLS: \(name) is readable by others; chmod 600 it")
            }
        }
        return problems
    }

    private func siteProblems() -> [String] {
        guard let path = configuration.site else { return ["GARITA_NGINX_SITE is not set"] }
        guard let text = try? Files.readText(path, limit: 65_536) else { return ["GARITA_NGINX_SITE cannot be read"] }
        let example = "garita.example.org"
        return text.contains(example) ? ["GARITA_NGINX_SITE still says \(example)"] : []
    }
}
