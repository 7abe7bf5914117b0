import ArgumentParser
import JSON
import OperatingSystem

/// `garita check`: one line per problem, all of them together.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks settings, keys, photos, common passwords, database and schema.",
        discussion: "docs/checks.md tells what each id means and what to do.")

    @Flag(help: "Also what only production needs: ages of keys, TLS, nginx's site, no demo accounts.")
    var deploy = false

    @Flag(help: "As JSON, on standard output.")
    var json = false

    @Option(name: .customLong("fail-level"), help: "What makes the command fail: error, warning or info.")
    var failLevel = Check.Severity.error

    @Flag(help: "Only prints all ids, as JSON, with what each means and its cure.")
    var list = false

    func run() throws {
        try CommandFailure.reported {
            if list { return print(JSON.array(Check.all.map { $0.json([]) }).line) }
            let found = try findings()
            let failures = found.filter { $0.check.severity >= failLevel }
            if json {
                print(JSON.array(found.map { $0.check.json([.init(name: "text", value: .string($0.text))]) }).line)
            } else {
                for finding in found {
                    // What needs no action is no error of the command.
                    if finding.check.severity == .info {
                        print(finding.line)
                    } else {
                        let isError = finding.check.severity == .error
                        StandardError.write(line: Array("\(finding.line)\n".utf8), isError ? .error : .warning)
                    }
                }
                if failures.isEmpty { print("ok") }
            }
            if let code = failures.map(\.check.exitCode).max(by: { Self.gravity($0) < Self.gravity($1) }) {
                throw ExitCode(code)
            }
        }
    }

    /// Settings before data before an absent database, which is often a consequence.
    private static func gravity(_ code: Int32) -> Int { [69, 65, 78].firstIndex(of: code) ?? 0 }

    private func findings() throws -> [Finding] {
        let settings: Settings
        do { settings = try Settings() } catch let error as OperatingSystemError {
            return [Finding(.settingsFile, "GARITA_CONFIG: \(error)")]
        }
        var found = SettingsCheck(settings: settings).findings()
        let wrong = Configuration.findings(of: settings)
        guard wrong.isEmpty else { return wrong + found }
        let configuration = try Configuration(settings)
        found += try SettingsCheck.files(configuration)
        if deploy { found += try DeployCheck(configuration: configuration).fileFindings() }
        return found + (try DatabaseCheck(configuration: configuration).findings(deploying: deploy))
    }
}

extension Check.Severity: ExpressibleByArgument {
    init?(argument: String) {
        guard let known = Self.allCases.first(where: { $0.word == argument }) else { return nil }
        self = known
    }
}

extension Check {
    /// - Parameter more: members between severity and cure.
    fileprivate func json(_ more: [JSON.Member]) -> JSON {
        .object(
            [
                .init(name: "id", value: .string(id)), .init(name: "severity", value: .string(severity.word)),
                .init(name: "meaning", value: .string(meaning)),
            ] + more + [.init(name: "cure", value: .string(cure))])
    }
}

extension JSON {
    /// As text for a terminal.
    var line: String { String(decoding: serialized(), as: UTF8.self) }
}
