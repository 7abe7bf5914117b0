import Foundation
import HTTPClient
import HTTPFakes
import HTTPRelay
import JSON
import OperatingSystem
import Outbox
import Testing

/// `Tests/Integration/fake_relay.py`: a relay of another hand, which checks digests by the RFC.
private final class PythonRelay {
    private let process = Process()
    private let input = Pipe()
    let address: String

    init(_ algorithm: String, uses: Int) throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", tests.path + "/Integration/fake_relay.py", algorithm, String(uses)]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        address = "http://127.0.0.1:" + port.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// What it did, and how often it was asked.
    func log() throws -> (did: [String], asked: Int64) {
        let client = HTTPClient(under: loopback)
        var answer: HTTPClientAnswer?
        client.send(HTTPClientRequest("GET", address + "/log")) { answer = try? $0.get() }
        run(client)
        let log = try JSON(parsing: try #require(answer).body)
        return ((log["did"]?.elements ?? []).compactMap(\.stringValue), log["asked"]?.integerValue ?? 0)
    }
}

@Suite struct DigestTests {
    private let password = "p\"ä\\s: s"

    private func door(_ relay: PythonRelay, _ changes: [String: String] = [:], password: String) -> Door {
        let settings = [
            "address": relay.address, "authentication": "digest", "user": "admin", "method": "POST",
            "open_path": "/open?id={door}", "open_body": "{door}", "success_rule": "/was_on=false",
        ]
        return Door(
            id: 7, siteID: 1, name: "Norte", driver: "http", settings: settings.merging(changes) { $1 },
            secrets: ["password": password], openSeconds: 2, heldAfterSeconds: 0, wantsOpen: false, accessPointID: 1,
            accessPointName: "Norte", direction: "BOTH", timeZone: "America/Mexico_City")
    }

    private func open(_ driver: HTTPRelay, _ door: Door, _ host: FakeHost, id: Int64) -> CommandState? {
        let until = Time.monotonicMilliseconds() + 5_000
        driver.perform(DoorCommand(id: id, kind: .open, freshUntil: until), at: door)
        turn(driver, []) { !host.states(id).isEmpty }
        return host.states(id).first
    }

    @Test(arguments: ["MD5", "SHA-256"])
    func aChallengeIsAnsweredKeptAndRenewed(_ algorithm: String) throws {
        let relay = try PythonRelay(algorithm, uses: 2)
        let host = try FakeHost()
        let driver = HTTPRelay(host)
        let door = door(relay, password: password)
        driver.use([door])
        for id in 1...4 { #expect(open(driver, door, host, id: Int64(id)) == .accepted) }
        let log = try relay.log()
        // Asked, opened, opened, found stale, opened, opened.
        #expect(log.asked == 6)
        #expect(log.did == Array(repeating: "POST /open?id=1 1", count: 4))
        #expect(!host.everything.contains(password))
    }

    @Test func aWrongPasswordOpensNothing() throws {
        let relay = try PythonRelay("SHA-256", uses: 9)
        let host = try FakeHost()
        let driver = HTTPRelay(host)
        let door = door(relay, password: "guess")
        driver.use([door])
        #expect(open(driver, door, host, id: 1) == .failed)
        #expect(host.troubles.last == "authentication")
        #expect(try relay.log().did == [])
    }

    @Test func theStateConfirms() throws {
        let relay = try PythonRelay("SHA-256", uses: 99)
        let host = try FakeHost()
        let driver = HTTPRelay(host)
        let door = door(relay, ["state_path": "/state", "state_open": "/output=true"], password: password)
        driver.use([door])
        _ = open(driver, door, host, id: 1)
        turn(driver, []) { host.states().count == 2 }
        #expect(host.states() == [.accepted, .confirmed])
        #expect(try relay.log().did.count == 1)
    }
}
