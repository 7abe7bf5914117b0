import CommonPasswords
import OperatingSystem
import PostgreSQL

/// What `garita check` finds without the database: settings, keys, photos, common passwords.
struct SettingsCheck {
    let settings: Settings

    /// The file of settings and what stands in it; whatever is wrong with a value is in `Configuration.findings(of:)`.
    func findings() -> [Finding] {
        var found = settings.unknownNames.map { unknown in
            Finding(
                .unknownName, "\(unknown.name) on line \(unknown.line) is no setting; is \(unknown.nearest) meant?")
        }
        let inFile = settings.values.filter { value in
            if case .line = value.origin { value.setting.isSecret && holdsSecret(value) } else { false }
        }
        if let file = settings.file, let mode = try? Directories.permissions(of: file.path), mode & 0o007 != 0 {
            found += inFile.map {
                Finding(.openSettings, "\($0.setting.name): others can read \(file.path); chmod 600 it")
            }
        }
        if let path = settings.file?.path {
            found += [path, Files.parent(of: path)].filter { (try? Directories.isWritableByOthers($0)) != false }.map {
                Finding(.settingsOfOthers, "GARITA_CONFIG: others can change \($0); chown root it, chmod go-w it")
            }
        }
        if settings[.keys].usable != nil, settings[.secretKey].usable != nil {
            found.append(Finding(.unusedSecret, "SECRET_KEY has no effect beside GARITA_KEYS; take it away"))
        }
        return found
    }

    /// Keys, photos and the list of common passwords.
    static func files(_ configuration: Configuration) throws -> [Finding] {
        var found = try KeyStore(configuration).problems().map { Finding(.keys, $0) }
        if found.isEmpty { found += try PoolKeys(configuration)?.problems().map { Finding(.poolKeys, $0) } ?? [] }
        found += try photos(configuration.photos)
        do { _ = try CommonPasswords(file: configuration.commonPasswords) } catch {
            found.append(Finding(.commonPasswords, "GARITA_COMMON_PASSWORDS: \(error)"))
        }
        return found
    }

    private func holdsSecret(_ value: Settings.Value) -> Bool {
        guard value.setting.name == Setting.databaseURL.name else { return value.text?.isEmpty == false }
        return value.text.flatMap(ConnectionText.init)?["password"] != nil
    }

    /// Photos are personal data: no other account of the machine may read them.
    private static func photos(_ folder: String) throws -> [Finding] {
        guard Directories.isWritable(folder) else {
            return [Finding(.photosFolder, "GARITA_PHOTOS is no folder that can be written")]
        }
        guard try Directories.permissions(of: folder) & 0o007 != 0 else { return [] }
        return [Finding(.openPhotos, "GARITA_PHOTOS: the folder is open to others; chmod 750 it")]
    }
}
