import Cryptography
import OperatingSystem
import PostgreSQL
import Web

/// The table of all settings.
///
/// The names without `GARITA_` are those of the legacy API, so that its operators need not learn others.
extension Setting {
    static let all =
        [
            databaseURL, keys, secretKey, pools, photos, commonPasswords, sql, web, allowedHosts, corsAllowedOrigins,
            debug, tls, site, scoreboard, databaseFolder, backups, backupRecipients, backupDays,
            deviceNetworks, webhookNetworks, doorPrograms,
        ] + Pool.allCases.map(workers)

    static let databaseURL = Setting(
        "DATABASE_URL", .text, isSecret: true, readBy: "workers, commands",
        "the database: `postgresql://…` or libpq's `keyword=value` text; a user in it is everybody's, without one each pool and each command adds its own role",
        fault: { ConnectionText($0) == nil ? "is neither an address of PostgreSQL nor text that libpq reads" : nil })

    static let keys = Setting(
        "GARITA_KEYS", .path, readBy: "workers, commands",
        "folder of the key files, each 0600; a worker's: copies of root's that its group may read (0640), or files of its own"
    )

    static let secretKey = Setting(
        "SECRET_KEY", .text, isSecret: true, readBy: "workers, commands",
        "where `GARITA_KEYS` is not set: the secret that all keys are derived from, at least 43 random characters",
        fault: { Secret.fault(ofText: $0)?.description })

    static let pools = Setting(
        "GARITA_POOLS", .path, readBy: "commands",
        "folder of the pools' folders: `garita keys` keeps the copies in `<pool>/keys/` like `GARITA_KEYS`. Without it, or when the keys come from the environment and the pools from the file, no copies are kept"
    )

    static let photos = Setting(
        "GARITA_PHOTOS", .path, readBy: "workers, commands",
        "folder of the photos: the workers write it, nginx reads it; no others may ([photos.md](photos.md))")

    static let commonPasswords = Setting(
        "GARITA_COMMON_PASSWORDS", .path, readBy: "workers, commands",
        "file of the common passwords, made by `deploy/local/passwords.sh` ([accounts.md](accounts.md#passwords)); without it no password can be set, all else works"
    )

    static let sql = Setting(
        "GARITA_SQL", .path, readBy: "commands", "the folder `sql/`; only commands that change the schema read it")

    static let web = Setting(
        "GARITA_WEB", .path, readBy: "workers",
        "the folder `web/`, where workers read the names of stylesheets and scripts")

    static let allowedHosts = Setting(
        "ALLOWED_HOSTS", .list, readBy: "workers",
        "host names that are served: a name, `.example.org` with all names below it, or `*`; a request for another one is answered with 400. Unset, nginx alone decides",
        fault: { AllowedHosts.fault(of: SettingText.list($0) ?? []) })

    static let corsAllowedOrigins = Setting(
        "CORS_ALLOWED_ORIGINS", .list, readBy: "`garita config --nginx-origins`",
        "other sites whose pages may call the API (CORS), such as `https://app.example.org`; none where it is unset or empty",
        fault: { Origins.fault(of: SettingText.list($0) ?? []) })

    static let debug = Setting(
        "DEBUG", .bool, fallback: "False", readBy: "workers",
        "true: each line of a refused request in the log says why as well, in the words of the answer, which may hold what somebody typed; answers stay the same. Not for production"
    )

    static let tls = Setting(
        "GARITA_TLS", .path, readBy: "`garita check --deploy`, status",
        "folder of `fullchain.pem` and `privkey.pem`; `check --deploy` looks at both, and the status worker at when the first expires"
    )

    static let scoreboard = Setting(
        "GARITA_SCOREBOARD", .path, readBy: "workers, `garita status`",
        "folder with a file `<pool>` for each pool, in which its workers count what they do ([monitoring.md](monitoring.md)); unset, nothing is counted"
    )

    static let databaseFolder = Setting(
        "GARITA_DATABASE_FOLDER", .path, readBy: "status",
        "folder of PostgreSQL's cluster where that is on this machine: only how full its disk is, is looked at")

    static let site = Setting(
        "GARITA_NGINX_SITE", .path, readBy: "`garita check --deploy`",
        "nginx's site file; only `check --deploy` looks")

    static func workers(of pool: Pool) -> Setting {
        Setting(
            "GARITA_\(pool.rawValue.uppercased())_WORKERS", .number, readBy: "`garita pool \(pool.rawValue)`",
            "how many workers the pool has, 1 to 99; without it by the processors of the machine ([services.md](services.md#workers))",
            fault: { (1...99).contains(SettingText.number($0) ?? 0) ? nil : "is not 1 to 99" })
    }

    static let backups = Setting(
        "GARITA_BACKUPS", .path, readBy: "`garita backup`, `garita restore`",
        "folder of the backups and of the list of what was erased, 0700 ([backup.md](backup.md))")

    static let backupRecipients = Setting(
        "GARITA_BACKUP_RECIPIENTS", .path, readBy: "`garita backup`",
        "file of the public keys of age that backups are encrypted for, one a line; the private one belongs on another machine"
    )

    static let backupDays = Setting(
        "GARITA_BACKUP_DAYS", .number, fallback: "14", readBy: "`garita backup`",
        "days that backups are kept, 1 to 3650; never longer than the shortest time for which a residence keeps what is in them",
        fault: { WholeNumber.read($0[...], in: backupDayRange) == nil ? "is not from 1 to 3650" : nil })

    static let deviceNetworks = Setting(
        "GARITA_DEVICE_NETWORKS", .list, fallback: "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, fc00::/7",
        readBy: "`garita outbox`",
        "networks in which doors may be reached ([outbox.md](outbox.md#networks)); the addresses of an administrator's doors are looked for in no others",
        fault: networksFault)

    static let webhookNetworks = Setting(
        "GARITA_WEBHOOK_NETWORKS", .list, readBy: "`garita outbox`",
        "networks that webhooks may reach beyond the public internet ([outbox.md](outbox.md#networks))",
        fault: networksFault)

    private static func networksFault(_ text: String) -> String? {
        let areNetworks = (SettingText.list(text) ?? []).allSatisfy { IPNetwork($0) != nil }
        return areNetworks ? nil : "names something that is no network such as 192.168.1.0/24"
    }

    static let doorPrograms = Setting(
        "GARITA_DOOR_PROGRAMS", .path, readBy: "`garita outbox`",
        "file of the programs that doors of the kind \"program on this machine\" may name; without it none ([doors-http.md](doors-http.md#programs))"
    )

    static let backupDayRange: ClosedRange<Int64> = 1...3650
}
