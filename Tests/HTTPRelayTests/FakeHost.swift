import Doors
import HTTPFakes
import HTTPRelay
import JSON
import OperatingSystem
import Outbox
import PostgreSQL
import Testing

/// The process, as far as a driver sees it: writes down what is reported.
final class FakeHost: OutboxHost {
    private(set) var commands: [(id: Int64, state: CommandState, answer: String)] = []
    private(set) var reports: [DoorReport] = []
    private(set) var lines: [String] = []
    let deviceNetworks: [String]
    let webhookNetworks: [String] = []
    let isBehind = false
    let database: Database

    init(_ networks: [String] = ["127.0.0.0/8"]) throws {
        deviceNetworks = networks
        database = Database(
            DatabaseSettings(
                ConnectionText(pairs: [("host", "/nonexistent")]), deadlineMilliseconds: 1, applicationName: "test"))
    }

    func report(_ command: Int64, _ state: CommandState, _ answer: String) { commands.append((command, state, answer)) }
    func report(_ door: Int64, _ report: DoorReport) { reports.append(report) }
    func record(_ event: DoorEvent) {}
    func remember(_ key: String, _ value: JSON) {}
    func memory(_ key: String) -> JSON? { nil }
    func log(_ event: String, _ facts: String) { lines.append("\(event) \(facts)") }

    /// The states that a command went through.
    func states(_ id: Int64 = 1) -> [CommandState] { commands.filter { $0.id == id }.map(\.state) }
    var troubles: [String] { reports.compactMap(\.trouble) }
    var contacts: [Contact] { reports.compactMap(\.contact) }
    /// All that was written down anywhere.
    var everything: String {
        (commands.map(\.answer) + reports.compactMap(\.answer) + lines).joined(separator: "\n")
    }
}

extension Door {
    /// A door of one preset, at a server of ours.
    static func relay(
        _ preset: String? = nil, at server: ScriptedServer, _ changes: [String: String] = [:],
        secrets: [String: String] = [:], openSeconds: Int = 2, wantsOpen: Bool = false, id: Int64 = 7
    ) throws -> Door {
        var settings: [String: String] = [:]
        if let preset {
            settings = try #require(DriverDeclaration.http.presets.first { $0.name == preset }).settings
        }
        settings["address"] = server.url("")
        settings.merge(changes) { $1 }
        return Door(
            id: id, siteID: 1, name: "Norte", driver: "http", settings: settings, secrets: secrets,
            openSeconds: openSeconds, heldAfterSeconds: 0, wantsOpen: wantsOpen, accessPointID: 1,
            accessPointName: "Norte",
            direction: "BOTH", timeZone: "America/Mexico_City")
    }
}

/// Runs a driver as the process does, until the condition holds.
func turn(
    _ driver: HTTPRelay, _ servers: [ScriptedServer], seconds: Int64 = 12, until isDone: () -> Bool
) {
    let end = Time.monotonicMilliseconds() + seconds * 1000
    while !isDone(), Time.monotonicMilliseconds() < end {
        for server in servers { server.work() }
        driver.proceed(Poll.all(driver.watched, milliseconds: 2))
    }
}
