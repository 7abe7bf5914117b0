import Foundation
import JSON
import LocalProgram
import OperatingSystem
import Outbox
import PostgreSQL
import Testing

private final class FakeHost: OutboxHost {
    private(set) var commands: [(id: Int64, state: CommandState, answer: String)] = []
    private(set) var troubles: [String] = []
    let deviceNetworks: [String] = []
    let webhookNetworks: [String] = []
    let isBehind = false
    let database: Database

    init() throws {
        database = Database(
            DatabaseSettings(
                ConnectionText(pairs: [("host", "/nonexistent")]), deadlineMilliseconds: 1, applicationName: "test"))
    }

    func report(_ command: Int64, _ state: CommandState, _ answer: String) { commands.append((command, state, answer)) }
    func report(_ door: Int64, _ report: DoorReport) { troubles += [report.trouble].compactMap { $0 } }
    func record(_ event: DoorEvent) {}
    func remember(_ key: String, _ value: JSON) {}
    func memory(_ key: String) -> JSON? { nil }
    func log(_ event: String, _ facts: String) {}
}

/// A folder with a program and the list that names it.
private final class Programs {
    let folder: String
    var list: String { folder + "/programs" }
    var program: String { folder + "/relay" }

    init(_ script: String, mode: UInt32 = 0o755) throws {
        folder = "/tmp/garita-programs-\(UUID().uuidString)"
        try Directories.create(folder)
        try Files.write(Array("#!/bin/sh\n\(script)\n".utf8), to: program, mode: mode)
        try Files.write(Array("# programs\nrelay \(program) fixed  # the gate\n\n".utf8), to: list, mode: 0o644)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

@Suite struct LocalProgramTests {
    private func run(
        _ list: String?, _ settings: [String: String] = ["program": "relay", "number": "3"],
        kind: DoorCommand.Kind = .open
    ) throws -> (state: CommandState, answer: String, host: [String]) {
        let host = try FakeHost()
        let driver = LocalProgram(host, list: list)
        let door = Door(
            id: 7, siteID: 1, name: "Norte", driver: "command", settings: settings, secrets: [:], openSeconds: 5,
            heldAfterSeconds: 0, wantsOpen: false, accessPointID: 1, accessPointName: "Norte", direction: "BOTH",
            timeZone: "America/Mexico_City")
        driver.use([door])
        driver.perform(DoorCommand(id: 1, kind: kind, freshUntil: nil), at: door)
        let end = Time.monotonicMilliseconds() + 15_000
        while host.commands.isEmpty, Time.monotonicMilliseconds() < end {
            driver.proceed(Poll.all(driver.watched, milliseconds: 10))
        }
        let last = try #require(host.commands.first)
        return (last.state, last.answer, host.troubles)
    }

    /// The same for programs of the test, whose folder lives as long.
    private func run(
        _ programs: Programs, _ settings: [String: String] = ["program": "relay", "number": "3"],
        kind: DoorCommand.Kind = .open
    ) throws -> (state: CommandState, answer: String, host: [String]) {
        defer { withExtendedLifetime(programs) {} }
        return try run(programs.list, settings, kind: kind)
    }

    @Test func aProgramGetsItsArgumentsAndNothingElse() throws {
        let programs = try Programs(#"echo "$# $*"; env | sort | tr '\n' ' ' >"$(dirname "$0")/environment""#)
        let result = try run(programs)
        #expect(result.state == .accepted && result.answer == "4 fixed 3 open 5")
        #expect(result.host == [""])
        let names = try Files.readText(programs.folder + "/environment").split(separator: " ").map {
            $0.split(separator: "=")[0]
        }
        #expect(Set(names).isSubset(of: ["LC_ALL", "PATH", "PWD", "SHLVL", "_", "OLDPWD"]))
    }

    @Test func itSaysWhetherTheDoorOpened() throws {
        #expect(try run(Programs("echo confirmed")).state == .confirmed)
        let failed = try run(Programs("echo no relay; exit 3"))
        #expect(failed.state == .failed && failed.answer == "exit code 3: no relay" && failed.host == ["program"])
        #expect(try run(Programs("kill -9 $$")).state == .unknown)
    }

    @Test func whatTakesTooLongIsEndedWithAllItStarted() throws {
        let programs = try Programs(#"echo $$ >"$(dirname "$0")/pid"; sleep 60 & sleep 60"#)
        let result = try run(programs)
        #expect(result.state == .unknown && result.host == ["program"])
        let group = try Files.readText(programs.folder + "/pid").trimmingCharacters(in: .whitespacesAndNewlines)
        let living = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { process in
            // The fifth field is the process group, the third the state: a zombie of init's is dead.
            let fields = (try? Files.readText("/proc/\(process)/stat"))?.split(separator: " ") ?? []
            return fields.count > 5 && fields[4] == group && fields[2] != "Z"
        }
        #expect(living.isEmpty)
    }

    @Test func aProgramThatNeverStopsWritingIsCutAndEnded() throws {
        #expect(try run(Programs("yes")).state == .unknown)
    }

    @Test func whatOthersCouldChangeIsNotStarted() throws {
        let programs = try Programs("exit 0", mode: 0o757)
        #expect(try run(programs).answer == "the program may be written by others")
        let other = try Programs("exit 0")
        try FileManager.default.setAttributes([.posixPermissions: 0o664], ofItemAtPath: other.list)
        #expect(try run(other).answer == "the list of programs may be written by others")
        let third = try Programs("exit 0")
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: third.folder)
        #expect(try run(third).answer == "the list of programs is in a folder that others may write to")
    }

    @Test(arguments: [
        ["program": "other"], ["program": "/bin/sh"], [:], ["program": "relay", "number": "-x"],
        ["program": "relay", "number": "1 2"], ["program": "relay", "number": ""],
    ])
    func onlyWhatTheListNamesIsStarted(_ settings: [String: String]) throws {
        #expect(try run(Programs("exit 0"), settings).state == .failed)
    }

    @Test func withoutAListThereIsNoProgram() throws {
        #expect(try run(nil).answer == "this machine has no list of programs")
        #expect(try run("/nonexistent/programs").answer == "the list of programs does not exist")
    }

    @Test func itKeepsADoorOpenOnlyWhereItCan() throws {
        let programs = try Programs(#"echo "$3""#)
        #expect(try run(programs, kind: .hold).state == .failed)
        let able = ["program": "relay", "keeps_open": "yes"]
        #expect(try run(programs, able, kind: .hold).answer == "hold")
        #expect(try run(programs, able, kind: .release).answer == "release")
    }
}
