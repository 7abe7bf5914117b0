import OperatingSystem
import Pages
import PostgreSQL
import Web

/// Every setting of the process, read once.
///
/// Nothing else in the product reads the environment.
struct Configuration {
    /// libpq connection text without a user: each pool and each command adds its own role.
    let database: String
    /// Directory of the key files.
    let keys: String
    /// Directory of the pools' own folders; nil where none are kept apart; only commands that change keys write there.
    let pools: String?
    /// Folder of the photos; nginx reads it too.
    let photos: String
    /// File of the list of common passwords.
    let commonPasswords: String
    /// Directory of the SQL files; only commands that change the schema need it.
    let sql: String?
    /// Directory of the web files; without it pages name stylesheet and scripts without the hash of their content.
    let web: String?
    /// Folder of `fullchain.pem` and `privkey.pem`; only `garita check --deploy` reads it.
    let tls: String?
    /// nginx's site file; only `garita check --deploy` reads it.
    let site: String?

    /// What is wrong with the settings: all of it, by name, never a value.
    struct Problems: Error, CustomStringConvertible {
        let list: [String]
        var description: String { list.joined(separator: "\n") }
    }

    /// - Throws: `Problems`, or an error about the settings file.
    static func load() throws -> Configuration {
        let file = try Environment.value(of: "GARITA_CONFIG").map { try SettingsFile.read($0) } ?? [:]
        var missing: [String] = []
        func value(_ name: String) -> String? {
            let text = Environment.value(of: name) ?? file[name]
            return text?.isEmpty == false ? text : nil
        }
        func required(_ name: String) -> String {
            if let text = value(name) { return text }
            missing.append("\(name) is not set")
            return ""
        }
        // Other keys for one command are not those of the pools that the file names.
        let pools = Environment.value(of: "GARITA_KEYS") == nil ? file["GARITA_POOLS"] : nil
        let configuration = Configuration(
            database: required("GARITA_DATABASE"), keys: required("GARITA_KEYS"),
            pools: Environment.value(of: "GARITA_POOLS") ?? pools,
            photos: required("GARITA_PHOTOS"), commonPasswords: required("GARITA_COMMON_PASSWORDS"),
            sql: value("GARITA_SQL"), web: value("GARITA_WEB"),
            tls: value("GARITA_TLS"), site: value("GARITA_NGINX_SITE"))
        guard missing.isEmpty else {
            let hint = "GARITA_CONFIG is not set: it names the file of settings, var/operator.env beside `make run`"
            throw Problems(list: missing + (Environment.value(of: "GARITA_CONFIG") == nil ? [hint] : []))
        }
        return configuration
    }

    /// The names of stylesheet and scripts.
    /// - Throws: when the list cannot be read.
    func assets() throws -> Assets {
        guard let web else { return Assets() }
        return Assets(list: try Files.readText(web + "/static/assets.txt", limit: 65_536))
    }

    /// The database as one role sees it.
    /// - Parameter deadlineMilliseconds: longest wait for an answer.
    func database(as role: String, deadlineMilliseconds: Int) -> Database {
        Database(
            DatabaseSettings(
                conninfo: "\(database) user=\(role)", deadlineMilliseconds: deadlineMilliseconds,
                applicationName: role))
    }
}
