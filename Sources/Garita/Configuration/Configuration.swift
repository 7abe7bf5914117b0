import Cryptography
import JSON
import OperatingSystem
import Pages
import PostgreSQL
import Web

/// Every setting of the process, read once and found good.
///
/// Nothing else in the product reads the environment.
struct Configuration {
    /// All values with their origins.
    let settings: Settings
    /// The way to the database; without a user each pool and each command adds its own role.
    private(set) var connection: ConnectionText
    /// Folder of the photos; nginx reads it too.
    let photos: String
    /// File of the list of common passwords.
    let commonPasswords: String

    /// What is wrong with the settings: all of it, by name, never a value.
    struct Problems: Error, CustomStringConvertible {
        let list: [String]
        var description: String { list.joined(separator: "\n") }
    }

    /// - Throws: `Problems`, or an error about the settings file.
    static func load() throws -> Configuration { try Configuration(Settings()) }

    /// For the processes of a pool, which only what they read can stop.
    /// - Throws: as `load()`.
    static func load(for served: Served) throws -> Configuration {
        try Configuration(Settings(), butFor: served.foreignSettings)
    }

    /// - Parameter foreign: settings that are not read, so that they may be wrong.
    /// - Throws: `Problems`.
    init(_ settings: Settings, butFor foreign: [Setting] = []) throws {
        let problems = Self.findings(of: settings, butFor: foreign).map(\.text)
        guard problems.isEmpty, let connection = settings[.databaseURL].usable.flatMap(ConnectionText.init) else {
            throw Problems(list: problems)
        }
        self.settings = settings
        self.connection = connection
        photos = settings[.photos].usable ?? ""
        commonPasswords = settings[.commonPasswords].usable ?? ""
    }

    /// What of it can be read, for who shows it: never for work.
    init(asFarAsRead settings: Settings) {
        self.settings = settings
        connection = settings[.databaseURL].usable.flatMap(ConnectionText.init) ?? ConnectionText(pairs: [])
        photos = settings[.photos].usable ?? ""
        commonPasswords = settings[.commonPasswords].usable ?? ""
    }

    /// Where the package brings `garita setup`.
    private static let packagedSetup = "/usr/share/garita/setup"

    /// All that is wrong with values, and all that is missing.
    static func findings(of settings: Settings, butFor foreign: [Setting] = []) -> [Finding] {
        let wrong = settings.values.filter { value in !foreign.contains { $0.name == value.setting.name } }
            .compactMap(\.problem)
        func isUnset(_ setting: Setting) -> Bool {
            let value = settings[setting]
            return value.usable == nil && value.problem == nil
        }
        var missing: [String] = []
        if isUnset(.databaseURL) { missing.append("DATABASE_URL is not set") }
        if isUnset(.keys), isUnset(.secretKey) { missing.append("GARITA_KEYS is not set, and SECRET_KEY neither") }
        if isUnset(.photos) { missing.append("GARITA_PHOTOS is not set") }
        if isUnset(.commonPasswords) { missing.append("GARITA_COMMON_PASSWORDS is not set") }
        if missing.count == 4, settings.file == nil, Directories.exists(packagedSetup) {
            return [Finding(.settingMissing, "this machine is not set up yet; run `garita setup`")]
        }
        if !missing.isEmpty, settings.file == nil {
            missing.append(
                "GARITA_CONFIG is not set: it names the file of settings, var/operator.env beside `make run`;"
                    + " without it \(SettingsFile.usual) is read")
        }
        return wrong + missing.map { Finding(.settingMissing, $0) }
    }

    /// Folder of the key files; nil where keys are derived.
    var keys: String? { settings[.keys].usable }

    /// What all keys are derived from where there is no folder of key files.
    var secretKey: Secret? { keys == nil ? settings[.secretKey].usable.flatMap { try? Secret(text: $0) } : nil }

    /// Directory of the pools' own folders; nil where none are kept apart; only commands that change keys write there.
    var pools: String? {
        // Other keys for one command are not those of the pools that the file names.
        let areOthers = settings[.keys].origin == .environment && settings[.pools].origin != .environment
        return areOthers ? nil : settings[.pools].usable
    }

    /// Directory of the SQL files; only commands that change the schema need it.
    var sql: String? { settings[.sql].usable }

    /// Folder of `fullchain.pem` and `privkey.pem`; for `garita check --deploy`, and for when the certificate expires.
    var tls: String? { settings[.tls].usable }

    /// nginx's site file; only `garita check --deploy` reads it.
    var site: String? { settings[.site].usable }

    /// How many workers a pool has.
    func workers(of pool: Pool) -> Int {
        settings[.workers(of: pool)].usable.flatMap(SettingText.number)
            ?? pool.usualWorkers(processors: ThisProcess.processors)
    }

    /// Folder of the pools' scoreboards; without it nothing is counted.
    var scoreboards: String? { settings[.scoreboard].usable }

    /// Folder of the database's cluster where it is on this machine: its disk is looked at.
    var databaseFolder: String? { settings[.databaseFolder].usable }

    /// Folder of the backups; only `garita backup` and `garita restore` need it.
    var backups: String? { settings[.backups].usable }

    /// File of the public keys of age that backups are encrypted for.
    var backupRecipients: String? { settings[.backupRecipients].usable }

    /// Days that backups are kept, unless a residence keeps what they hold for less.
    var backupDays: Int64 {
        settings[.backupDays].usable.flatMap { WholeNumber.read($0[...], in: Setting.backupDayRange) } ?? 14
    }

    /// Networks in which doors may be reached.
    var deviceNetworks: [String] { settings[.deviceNetworks].usable.flatMap(SettingText.list) ?? [] }

    /// Networks that webhooks may reach beyond the public internet.
    var webhookNetworks: [String] { settings[.webhookNetworks].usable.flatMap(SettingText.list) ?? [] }

    /// File of the programs that doors may name.
    var doorPrograms: String? { settings[.doorPrograms].usable }

    /// The same settings for another database.
    func replacing(database: ConnectionText) -> Configuration {
        var other = self
        other.connection = database
        return other
    }

    /// What was set, as lines of a settings file, without secrets.
    var linesWithoutSecrets: String {
        settings.values.compactMap { value in
            guard !value.setting.isSecret, value.origin != .fallback, let text = value.usable else { return nil }
            return "\(value.setting.name)=\(text)\n"
        }.joined()
    }

    /// Host names that are served.
    var allowedHosts: AllowedHosts { AllowedHosts(settings[.allowedHosts].usable.flatMap(SettingText.list) ?? []) }

    /// Whether the log says more.
    var isDebugging: Bool { settings[.debug].usable.flatMap(SettingText.bool) ?? false }

    /// The way of a pool to the database.
    ///
    /// That of `<GARITA_POOLS>/<pool>/database-url` where there is such a file, else ours with the pool's role. One that the
    /// environment gives is meant for all.
    /// - Throws: `Problems` when the file holds something else.
    func connection(of pool: Pool) throws -> ConnectionText {
        let isForAll = settings[.databaseURL].origin == .environment
        let path = isForAll ? nil : pools.map { "\($0)/\(pool.rawValue)/database-url" }
        guard let path, (try? Files.modifiedSeconds(path)) != nil else { return connection.adding(user: pool.role) }
        guard let own = ConnectionText(try Files.readText(path, limit: 65_536).trimmed) else {
            throw Problems(list: ["\(path): is neither an address of PostgreSQL nor text that libpq reads"])
        }
        return own.adding(user: pool.role)
    }

    /// The database as a pool sees it, for commands.
    func database(of pool: Pool, deadlineMilliseconds: Int) throws -> Database {
        Database(
            DatabaseSettings(
                try connection(of: pool), deadlineMilliseconds: deadlineMilliseconds, applicationName: pool.role))
    }

    /// The names of stylesheet and scripts.
    /// - Throws: when the list cannot be read.
    func assets() throws -> Assets {
        guard let web = settings[.web].usable else { return Assets() }
        return Assets(list: try Files.readText(web + "/static/assets.txt", limit: 65_536))
    }

    /// The database as one role sees it, unless DATABASE_URL names another.
    /// - Parameter deadlineMilliseconds: longest wait for an answer.
    func database(as role: String, deadlineMilliseconds: Int) -> Database {
        Database(
            DatabaseSettings(
                connection.adding(user: role), deadlineMilliseconds: deadlineMilliseconds, applicationName: role))
    }
}
