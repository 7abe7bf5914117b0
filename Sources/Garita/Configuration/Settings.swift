import OperatingSystem

/// The values of all settings and where each comes from: environment over file, also when the environment's is empty.
struct Settings {
    /// Where a value was found.
    enum Origin: Equatable, CustomStringConvertible {
        case environment
        case line(file: String, number: Int)
        /// The content of the file that `<name>_FILE` names.
        case content(file: String)
        case fallback
        case nowhere

        var description: String {
            switch self {
            case .environment: "environment"
            case .line(let file, let number): "\(file):\(number)"
            case .content(let file): "content of \(file)"
            case .fallback: "default"
            case .nowhere: "not set"
            }
        }
    }

    /// The value of one setting.
    struct Value {
        let setting: Setting
        let text: String?
        let origin: Origin
        /// What is wrong with it, by name, never by value; nil when nothing is.
        let problem: Finding?

        /// Nil for a setting that is empty, or wrong.
        var usable: String? { problem == nil && text?.isEmpty == false ? text : nil }
    }

    /// The file that was read; nil for none.
    let file: SettingsFile?
    /// In the order of the table.
    let values: [Value]

    /// - Throws: an error about the settings file.
    init() throws {
        var path = Environment.value(of: "GARITA_CONFIG")
        if path == nil, (try? Files.modifiedSeconds(SettingsFile.usual)) != nil { path = SettingsFile.usual }
        let file = try path.map(SettingsFile.init)
        self.file = file
        values = Setting.all.map { SettingsReader(file: file).value(of: $0) }
    }

    subscript(setting: Setting) -> Value {
        values.first { $0.setting.name == setting.name }
            ?? Value(setting: setting, text: nil, origin: .nowhere, problem: nil)
    }

    /// Names of the file that look like ours and are none, with the nearest one that is.
    var unknownNames: [(name: String, line: Int, nearest: String)] {
        let known = Setting.all.flatMap { $0.isSecret ? [$0.name, $0.fileName] : [$0.name] }
        let unknown = (file?.lines ?? [:]).filter { $0.key.hasPrefix("GARITA_") && !known.contains($0.key) }
        return unknown.map { ($0.key, $0.value.number, EditDistance.nearest(to: $0.key, among: known)) }
            .sorted { $0.line < $1.line }
    }
}

/// Finds one value and judges it.
private struct SettingsReader {
    let file: SettingsFile?

    func value(of setting: Setting) -> Settings.Value {
        let (text, origin) = find(setting.name)
        if setting.isSecret, let path = find(setting.fileName).text, !path.isEmpty {
            guard text?.isEmpty != false else {
                let text = "\(setting.name) and \(setting.fileName) are both set; take one away"
                return Settings.Value(
                    setting: setting, text: nil, origin: origin, problem: Finding(.settingTwice, text))
            }
            return content(of: path, for: setting)
        }
        guard let text else {
            let origin: Settings.Origin = setting.fallback == nil ? .nowhere : .fallback
            return Settings.Value(setting: setting, text: setting.fallback, origin: origin, problem: nil)
        }
        return judged(text, origin, setting)
    }

    private func find(_ name: String) -> (text: String?, origin: Settings.Origin) {
        if let text = Environment.value(of: name) { return (text, .environment) }
        guard let file, let line = file.lines[name] else { return (nil, .nowhere) }
        return (line.text, .line(file: file.path, number: line.number))
    }

    private func judged(_ text: String, _ origin: Settings.Origin, _ setting: Setting) -> Settings.Value {
        let fault: String? =
            switch setting.kind {
            case .bool: SettingText.bool(text) == nil ? "is neither true nor false" : nil
            case .list: SettingText.list(text) == nil ? "has a quotation mark or a backslash without its partner" : nil
            case .number: text.isEmpty || SettingText.number(text) != nil ? nil : "is no whole number"
            case .text, .path: nil
            }
        // Empty is as good as unset for whatever reads it.
        let found = text.isEmpty ? fault : fault ?? setting.fault(text)
        return Settings.Value(
            setting: setting, text: text, origin: origin,
            problem: found.map { Finding(.settingInvalid, "\(setting.name): \($0)") })
    }

    /// The value of a secret that stands in a file of its own, whose last line end does not count.
    private func content(of path: String, for setting: Setting) -> Settings.Value {
        let origin = Settings.Origin.content(file: path)
        func refused(_ why: String) -> Settings.Value {
            Settings.Value(
                setting: setting, text: nil, origin: origin,
                problem: Finding(.secretFile, "\(setting.fileName): \(why)"))
        }
        // Whoever started us keeps these for this process alone, whatever their bits say.
        let credentials = Environment.value(of: "CREDENTIALS_DIRECTORY").flatMap { $0.isEmpty ? nil : $0 + "/" }
        do {
            if credentials.map(path.hasPrefix) != true, try Directories.permissions(of: path) & 0o037 != 0 {
                return refused("the file is open to others; chmod 600 it")
            }
            let text = try Files.readText(path, limit: 65_536, onlyRegular: true)
            let bytes = text.utf8
            let end = bytes.last == 0x0A ? (bytes.dropLast().last == 0x0D ? 2 : 1) : 0
            return judged(String(Substring(bytes.dropLast(end))), origin, setting)
        } catch {
            return refused("\(error)")
        }
    }
}
