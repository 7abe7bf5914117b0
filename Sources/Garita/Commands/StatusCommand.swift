import ArgumentParser
import JSON
import Monitoring
import OperatingSystem
import Scoreboard
import Web

/// `garita status`: the state of everything on one screen, trouble first; also while nginx or the database is down.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows what runs, since when, and what is in trouble; as root or in the group garita.",
        discussion: "Exit codes: 0 can serve, 1 cannot serve, 78 settings.")

    @Flag(help: "As JSON, for programs.")
    var json = false

    @Flag(help: "Draws it anew every two seconds, until Ctrl-C.")
    var watch = false

    func run() throws {
        var level = Part.Level.ok
        try CommandFailure.reported {
            let settings = try Settings()
            let problems = Self.problems(of: settings)
            // Without any file of settings there is nothing to show.
            guard problems.isEmpty || settings.file != nil else { throw Configuration.Problems(list: problems) }
            let configuration = Configuration(asFarAsRead: settings)
            let system = try configuration.monitoredSystem()
            let database = settings[.databaseURL].usable == nil ? nil : configuration.statusDatabase()
            repeat {
                let facts = database.map(Configuration.facts) ?? .failure(DatabaseUnreadable())
                let status = SystemStatus(of: system, routes: false, database: facts, problems: problems)
                level = status.level
                if watch, !json { print("\u{1B}[H\u{1B}[2J", terminator: "") }
                print(json ? String(decoding: status.json.serialized(), as: UTF8.self) : StatusScreen(status).text)
                guard watch else { break }
                Terminal.flush()
                Time.sleep(milliseconds: 2_000)
            } while true
            guard problems.isEmpty else { throw Configuration.Problems(list: problems) }
        }
        if level == .fail { throw ExitCode.failure }
    }
}

extension StatusCommand {
    /// All but a secret that belongs to another account: members of the group garita see the rest without the database.
    private static func problems(of settings: Settings) -> [String] {
        let url = settings[.databaseURL]
        var isOfOthers = false
        if case .content(let file) = url.origin { isOfOthers = Files.exists(file) && !Files.isReadable(file) }
        return Configuration.findings(of: settings).map(\.text).filter { !isOfOthers || $0 != url.problem?.text }
    }
}

/// The state of everything as lines of a terminal.
struct StatusScreen {
    private let status: SystemStatus

    init(_ status: SystemStatus) {
        self.status = status
    }

    var text: String { ([heading] + parts + [""] + pools + [""] + [verdicts]).joined(separator: "\n") }

    private var heading: String {
        let word =
            switch status.level {
            case .ok: "serving"
            case .warning: "serving, with warnings"
            case .fail: "CANNOT SERVE"
            }
        let since =
            status.pools.compactMap(\.startedAt).min().map { ", up \(Text.duration(status.at - $0).english)" } ?? ""
        return "garita \(status.version): \(word)\(since)"
    }

    /// Trouble first, with what to do; then what is right.
    private var parts: [String] {
        status.troubles.map { part in
            Self.line(part) + (part.advice.map { "\n" + Self.padded("", 24) + $0.english } ?? "")
        } + status.parts.filter { $0.level == .ok }.map(Self.line)
    }

    private static func line(_ part: Part) -> String {
        let mark =
            switch part.level {
            case .ok: "ok"
            case .warning: "WARNING"
            case .fail: "FAIL"
            }
        return "  \(padded(mark, 9))\(padded(part.name, 13))\(part.detail.english)"
    }

    private var pools: [String] {
        let titles = ["pool", "workers", "busy", "queue", "longest", "requests", "slow", "errors", "crashes"]
        let rows = status.pools.enumerated().map { place, pool -> [String] in
            let queue = pool.waiting.flatMap { waiting in pool.waitingLimit.map { "\(waiting)/\($0)" } } ?? "-"
            return [
                pool.name, "\(pool.workers.count)", "\(pool.busy)", queue, "\(status.longestQueue(ofPool: place))",
                "\(pool[CounterPlan.Counter.accepted])", "\(pool[CounterPlan.Counter.slow])",
                "\(status.databaseErrors(pool))", "\(pool.crashes)",
            ]
        }
        return ([titles] + rows).map { "  " + $0.map { Self.padded($0, 10) }.joined() }.map(Self.trimmed)
    }

    private var verdicts: String {
        let counts = CounterPlan.verdicts.map { ($0, status.verdicts($0)) }.filter { $0.1 > 0 }
        let told = counts.map { "\($0) \($1)" }.joined(separator: ", ")
        return "  decisions  \(told.isEmpty ? "none yet" : told)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
