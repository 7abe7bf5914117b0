import ArgumentParser
import JSON
import PostgreSQL

/// `garita config`: every setting, its value and where that comes from; needs no database.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Shows each setting and where its value comes from; no secrets.",
        discussion: "Ends with 78 when something is wrong or missing, which it tells on standard error.")

    @Flag(help: "As JSON, with what docs/configuration.md says of each.")
    var json = false

    @Flag(name: .customLong("nginx-origins"), help: "Only CORS_ALLOWED_ORIGINS, as nginx reads it.")
    var nginxOrigins = false

    @Argument(help: "Only this setting.")
    var name: String?

    func run() throws {
        try CommandFailure.reported {
            let settings = try Settings()
            if nginxOrigins { return try printOrigins(settings[.corsAllowedOrigins]) }
            let shown = try name.map { [try settings.value(named: $0)] } ?? settings.values
            let problems =
                name == nil ? Configuration.findings(of: settings).map(\.text) : shown.compactMap { $0.problem?.text }
            if json {
                let document = JSON.object([
                    .init(name: "settings", value: .array(shown.map(\.json))),
                    .init(name: "problems", value: .array(problems.map { .string($0) })),
                ])
                print(document.line)
            } else {
                for value in shown { print(value.line) }
            }
            for unknown in name == nil ? settings.unknownNames : [] where !json {
                print("\(unknown.name) on line \(unknown.line) is no setting; is \(unknown.nearest) meant?")
            }
            guard problems.isEmpty else { throw Configuration.Problems(list: problems) }
        }
    }

    private func printOrigins(_ value: Settings.Value) throws {
        if let problem = value.problem { throw Configuration.Problems(list: [problem.text]) }
        print(Origins.snippet(value.usable.flatMap(SettingText.list) ?? []), terminator: "")
    }
}

extension Settings {
    /// - Throws: for a name that the table does not hold, with the nearest one.
    fileprivate func value(named name: String) throws -> Value {
        if let value = values.first(where: { $0.setting.name == name }) { return value }
        let nearest = EditDistance.nearest(to: name, among: Setting.all.map(\.name))
        throw CommandFailure.badData("there is no setting \(name); is \(nearest) meant?")
    }
}

extension Settings.Value {
    /// Name, value and origin, and an exclamation mark when it is wrong.
    fileprivate var line: String {
        let padding = String(repeating: " ", count: max(1, 25 - setting.name.utf8.count))
        let shown = shown.map { "\($0)  " } ?? ""
        return "\(problem == nil ? " " : "!") \(setting.name)\(padding)\(shown)(\(origin))"
    }

    /// As it is written, with stars for a secret; nil when there is none.
    private var shown: String? {
        guard let text else { return nil }
        guard setting.isSecret, !text.isEmpty else { return text }
        // Of the way to the database only the password is secret; a text that cannot be read may hold one anywhere.
        let connection = setting.name == Setting.databaseURL.name ? ConnectionText(text) : nil
        return connection?.masked ?? "********"
    }

    fileprivate var json: JSON {
        .object([
            .init(name: "name", value: .string(setting.name)),
            .init(name: "value", value: read),
            .init(name: "origin", value: .string(origin.description)),
            .init(name: "problem", value: problem.map { .string($0.text) } ?? .null),
            .init(name: "kind", value: .string(setting.kind.rawValue)),
            .init(name: "secret", value: .bool(setting.isSecret)),
            .init(name: "default", value: setting.fallback.map { .string($0) } ?? .null),
            .init(name: "read_by", value: .string(setting.readBy)),
            .init(name: "meaning", value: .string(setting.meaning)),
        ])
    }

    /// The value as its kind reads it; null when there is none, or none of its kind.
    private var read: JSON {
        guard let shown else { return .null }
        return switch setting.kind {
        case .text, .path: .string(shown)
        case .bool: SettingText.bool(shown).map { .bool($0) } ?? .null
        case .list: SettingText.list(shown).map { .array($0.map { .string($0) }) } ?? .null
        case .number: SettingText.number(shown).map { .integer(Int64($0)) } ?? .null
        }
    }
}
