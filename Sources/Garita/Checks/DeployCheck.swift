import Cryptography
import OperatingSystem
import PostgreSQL

/// What `garita check --deploy` checks besides: what only production needs.
struct DeployCheck {
    private static let maximumKeyDays: Int64 = 365

    let configuration: Configuration

    /// Settings, ages and folder of the keys, TLS files, nginx's site.
    func fileFindings() throws -> [Finding] {
        settingFindings() + recipientFindings() + (try keyFindings()) + tlsFindings() + siteFindings()
    }

    /// Accounts of the sample community that can still log in; nobody who can administer.
    func databaseFindings(_ database: Database) throws -> [Finding] {
        let administrators = try database.run(
            Statement("select count(*) from garita.users as u where u.is_active and u.role = 'ADMIN'")
        ).single().integer(0)
        let demo = try database.run(
            Statement(
                "select u.username from garita.users as u where u.is_active and u.username = any ($1) order by 1",
                parameters: [.textArray(["carlos", "guard1"])])
        ).map { row in
            Finding(.demoAccount, "the demo's account \(try row.text(0)) is active; `garita user deactivate` it")
        }
        let nobody = Finding(
            .noAdministrator, "there is no administrator; `garita user create NAME --role ADMIN --link`")
        return demo + (administrators > 0 ? [] : [nobody]) + (try sealFindings(database))
            + (try jobFindings(database))
    }

    /// Regular commands that have not succeeded for too long; a timer may run some hours late.
    private func jobFindings(_ database: Database) throws -> [Finding] {
        try database.run(
            Statement(
                """
                select k.job, j.last_success is null from api.last_jobs() as j join (values
                        ('maintain', interval '36 hours'), ('backup', interval '36 hours'), ('proof', interval '9 days')
                    ) as k (job, longest) on k.job = j.job
                where coalesce(j.last_success, '-infinity') < clock_timestamp() - k.longest
                """)
        ).map { row in
            let (job, isNever) = (try row.text(0), try row.bool(1))
            let when = isNever ? "never" : "not for days"
            if job == "proof" { return Finding(.lateProof, "a restore was proved \(when), as far as is known here") }
            return Finding(.lateJob, "`garita \(job)` has succeeded \(when); does its timer run?")
        }
    }

    private func recipientFindings() -> [Finding] {
        guard let path = configuration.backupRecipients else {
            return [Finding(.noRecipients, "GARITA_BACKUP_RECIPIENTS is not set: backups are encrypted for nobody yet")]
        }
        guard (try? Files.size(path)) == nil else { return [] }
        return [
            Finding(.noRecipients, "GARITA_BACKUP_RECIPIENTS: \(path) is missing: backups are encrypted for nobody yet")
        ]
    }

    /// Only the newest rows are looked at: an old one without a seal is for `garita verify-log` to find.
    private func sealFindings(_ database: Database) throws -> [Finding] {
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
        let text = "log rows of more than ten minutes ago are not sealed; is `garita seal --follow` running?"
        return isBehind ? [Finding(.unsealedLog, text)] : []
    }

    private func settingFindings() -> [Finding] {
        var found: [Finding] = []
        if configuration.isDebugging { found.append(Finding(.debug, "DEBUG is true; set it to false")) }
        // An empty host, and one that begins with a slash, is a socket of this machine.
        let hosts = (configuration.connection["host"] ?? "").split(separator: ",")
        let isNetwork = configuration.connection["hostaddr"] != nil || hosts.contains { !$0.hasPrefix("/") }
        if isNetwork, configuration.connection["sslmode"] != "verify-full" {
            found.append(
                Finding(.unverifiedDatabase, "DATABASE_URL: the database is reached without sslmode=verify-full"))
        }
        return found
    }

    private func keyFindings() throws -> [Finding] {
        var found: [Finding] = []
        guard let folder = configuration.keys else {
            return [
                Finding(
                    .derivedKeys, "SECRET_KEY: all keys are derived from it; renewing it ends all sessions and codes")
            ]
        }
        if try Directories.permissions(of: folder) & 0o077 != 0 {
            found.append(Finding(.openKeys, "GARITA_KEYS: the folder is open to others; chmod 700 it"))
        }
        let store = KeyStore(configuration)
        let now = Time.wallSeconds()
        for group in KeysCommand.Group.allCases {
            guard let current = KeyStore.current(of: try store.entries(of: group.purposes[0]), now: now) else {
                continue
            }
            let days = (now - current.madeAt) / 86_400
            guard days > Self.maximumKeyDays else { continue }
            let cure = "`garita keys rotate \(group.rawValue)`"
            found.append(
                Finding(.oldKey, "GARITA_KEYS: \(group.rawValue) is \(counted(days, "day")) old; \(cure)"))
        }
        return found
    }

    private func tlsFindings() -> [Finding] {
        guard let folder = configuration.tls else { return [Finding(.tlsFiles, "GARITA_TLS is not set")] }
        var found: [Finding] = []
        for name in ["fullchain.pem", "privkey.pem"] {
            guard let mode = try? Directories.permissions(of: "\(folder)/\(name)") else {
                found.append(Finding(.tlsFiles, "GARITA_TLS: \(name) is missing"))
                continue
            }
            if name == "privkey.pem", mode & 0o077 != 0 {
                found.append(Finding(.openTLSKey, "GARITA_TLS: \(name) is readable by others; chmod 600 it"))
            }
        }
        return found
    }

    private func siteFindings() -> [Finding] {
        guard let path = configuration.site else { return [Finding(.site, "GARITA_NGINX_SITE is not set")] }
        guard let text = try? Files.readText(path, limit: 65_536) else {
            return [Finding(.site, "GARITA_NGINX_SITE cannot be read")]
        }
        let example = "garita.example.org"
        let found = text.contains(example) ? [Finding(.site, "GARITA_NGINX_SITE still says \(example)")] : []
        return found + nameFindings(Self.serverNames(in: text)) + nginxFindings(path)
    }

    /// Names that nginx serves, without patterns.
    private static func serverNames(in site: String) -> [String] {
        let names = site.split(whereSeparator: \.isNewline).flatMap { line in
            let words = line.prefix { $0 != "#" && $0 != ";" }.split(whereSeparator: \.isWhitespace)
            return words.first == "server_name" ? words.dropFirst().map(String.init) : []
        }
        return Set(
            names.filter { $0.contains { $0.isLetter } && !$0.hasPrefix("~") && !$0.contains("*") && $0.first != "." }
        )
        .sorted()
    }

    private func nameFindings(_ names: [String]) -> [Finding] {
        let refused = names.filter { !configuration.allowedHosts.admits(origin: "https://\($0)") }
        let certificate = configuration.tls.flatMap { CertificateNames(file: "\($0)/fullchain.pem") }
        let foreign = certificate.map { certificate in names.filter { !certificate.hold($0) } } ?? []
        return foreign.map { Finding(.certificateName, "GARITA_TLS: the certificate is not for \($0)") }
            + refused.map { Finding(.hostNotAllowed, "ALLOWED_HOSTS: requests for \($0) are answered with 400") }
    }

    /// Only of the machine's own nginx, and only as root, who alone can read all its files.
    private func nginxFindings(_ site: String) -> [Finding] {
        let program = "/usr/sbin/nginx"
        guard ThisProcess.isRoot, site.hasPrefix("/etc/nginx/"), Files.isReadable(program) else { return [] }
        let isGood = (try? Pipeline(Program([program, "-t", "-q"])).run()) != nil
        return isGood ? [] : [Finding(.nginxFails, "GARITA_NGINX_SITE: `nginx -t` fails")]
    }
}
