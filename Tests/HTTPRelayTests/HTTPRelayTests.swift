import Doors
import HTTPFakes
import HTTPRelay
import OperatingSystem
import Outbox
import Testing

@Suite struct HTTPRelayTests {
    private func open(_ id: Int64 = 1, for milliseconds: Int64 = 5000) -> DoorCommand {
        DoorCommand(id: id, kind: .open, freshUntil: Time.monotonicMilliseconds() + milliseconds)
    }

    /// Opens once, and runs until there are so many states.
    private func states(
        _ door: Door, _ server: ScriptedServer, _ host: FakeHost, count: Int = 1, kind: DoorCommand.Kind = .open
    ) -> [CommandState] {
        let driver = HTTPRelay(host)
        driver.use([door])
        driver.perform(kind == .open ? open() : DoorCommand(id: 1, kind: kind, freshUntil: nil), at: door)
        turn(driver, [server]) { host.states().count >= count }
        return host.states()
    }

    // MARK: Presets

    @Test func aShellyOfTheFirstGenerationSaysItselfThatItsRelayIsOn() throws {
        let server = ScriptedServer(by: { _ in .answer(reply("200 OK", [], #"{"ison":true,"has_timer":true}"#)) })
        let host = try FakeHost()
        let door = try Door.relay("shelly1", at: server, secrets: ["password": "s"])
        #expect(states(door, server, host) == [.confirmed])
        let first = try #require(server.requests.first { $0.contains("turn=on") })
        #expect(first.hasPrefix("GET /relay/0?turn=on&timer=2 HTTP/1.1\r\n"))
        #expect(first.contains("Authorization: Basic YWRtaW46cw=="))
    }

    @Test func aShellyOfTheSecondIsConfirmedByItsState() throws {
        var isOn = false
        let server = ScriptedServer(by: { request in
            if request.contains("Switch.Set") {
                isOn = true
                return .answer(reply("200 OK", [], #"{"was_on":false}"#))
            }
            return .answer(reply("200 OK", [], #"{"id":0,"output":\#(isOn)}"#))
        })
        let host = try FakeHost()
        #expect(
            states(try .relay("shelly2", at: server, ["authentication": "none"]), server, host, count: 2) == [
                .accepted, .confirmed,
            ])
        #expect(server.requests.filter { $0.contains("toggle_after=2") }.count == 1)
    }

    @Test func aRelayThatWasOnConfirmsNoOtherOpeningAndNoHold() throws {
        let server = ScriptedServer(by: { request in
            .answer(reply("200 OK", [], request.contains("Switch.Set") ? #"{"was_on":true}"# : #"{"output":true}"#))
        })
        let host = try FakeHost()
        let door = try Door.relay("shelly2", at: server, ["authentication": "none"], openSeconds: 1)
        let driver = HTTPRelay(host)
        driver.use([door])
        driver.perform(open(), at: door)
        // Two that are underway at once, one after it was answered, and a hold within the pulse.
        driver.perform(open(2), at: door)
        turn(driver, [server]) { host.states().contains(.confirmed) && host.states(2).count == 1 }
        driver.perform(open(3), at: door)
        driver.perform(DoorCommand(id: 4, kind: .hold, freshUntil: nil), at: door)
        turn(driver, [server]) { host.states(3).count == 1 && host.states(4).count == 1 }
        let end = Time.monotonicMilliseconds() + 1200
        turn(driver, [server]) { Time.monotonicMilliseconds() >= end }
        #expect(host.states(2) == [.accepted] && host.states(3) == [.accepted] && host.states(4) == [.accepted])
        turn(driver, [server]) { host.states(4).count > 1 }
        #expect(host.states(4) == [.accepted, .confirmed], "once no pulse explains it")
    }

    @Test func theSuccessOf2NStandsInItsBody() throws {
        let server = ScriptedServer([.answer(reply("200 OK", [], #"{"success":false,"error":{"code":14}}"#))])
        let host = try FakeHost()
        #expect(
            states(try .relay("2n", at: server, ["authentication": "none", "state_path": ""]), server, host) == [
                .failed
            ])
        #expect(host.commands.first?.answer.contains("\"code\":14") == true)
    }

    @Test(arguments: [
        (
            "akuvox", "POST /api/relay/trig ",
            #"{"target":"relay","action":"trig","data":{"mode":0,"num":1,"level":0,"delay":2}}"#, #"{"retcode":0}"#
        ),
        (
            "hikvision", "PUT /ISAPI/AccessControl/RemoteControl/door/1 ", "<cmd>open</cmd></RemoteControlDoor>",
            "<ResponseStatus><statusCode>1</statusCode></ResponseStatus>"
        ),
        ("axis", "GET /axis-cgi/io/port.cgi?action=1%3A%2F2000%5C ", "", "port1=active"),
        ("esphome", "POST /button/open_gate/press ", "", ""),
        ("tasmota", "GET /cm?cmnd=Backlog%20PulseTime1%2020%3BPower1%20On&user=admin&password=a%26b ", "", "{}"),
    ])
    func othersAreAskedAsTheirManualsSay(_ preset: String, _ line: String, _ body: String, _ answer: String) throws {
        let server = ScriptedServer([.answer(reply("200 OK", [], answer))])
        let host = try FakeHost()
        let changes = ["authentication": "none", "state_path": "", "contact_path": ""]
        #expect(
            states(try .relay(preset, at: server, changes, secrets: ["password": "a&b"]), server, host) == [.accepted])
        let sent = try #require(server.requests.first)
        #expect(sent.hasPrefix(line) && sent.hasSuffix(body))
        #expect(!host.everything.contains("a&b") && !host.everything.contains("a%26b"))
    }

    // MARK: What a device may answer

    @Test(arguments: ["<html>OK</html>", #"{"ison":"yes"#, "", #"{"ison":1}"#, "[]"])
    func aTwoHundredAloneIsNoOpening(_ body: String) throws {
        let server = ScriptedServer([.answer(reply("200 OK", [], body))])
        let host = try FakeHost()
        let door = try Door.relay(at: server, ["open_path": "/o", "success_rule": "/ison=true"])
        #expect(states(door, server, host) == [.failed])
    }

    @Test func aRedirectToThisMachineLeadsNowhere() throws {
        let other = ScriptedServer([.answer(reply("200 OK"))])
        let server = ScriptedServer([.answer(reply("302 Found", ["Location: \(other.url())"]))])
        let host = try FakeHost()
        #expect(states(try .relay(at: server, ["open_path": "/o"]), server, host) == [.failed])
        other.work()
        #expect(other.connections == 0)
    }

    @Test func aBodyWithoutEndIsNoSuccess() throws {
        let server = ScriptedServer([.flood])
        #expect(states(try .relay(at: server, ["open_path": "/o"]), server, try FakeHost()) == [.failed])
    }

    @Test func theNamesOfWhatADeviceRepeatsAreNotWrittenDown() throws {
        let server = ScriptedServer([.answer(reply("500 Oops", [], "wrong: hunter2"))])
        let host = try FakeHost()
        #expect(
            states(
                try .relay(at: server, ["open_path": "/o?p={password}"], secrets: ["password": "hunter2"]), server, host
            ) == [.failed])
        #expect(!host.everything.contains("hunter2"))
    }

    @Test func silenceIsUnknownAndNotAskedAgain() throws {
        for (step, isIdempotent) in [(ScriptedServer.Step.hangUp, "no"), (.hangUp, "yes"), (.silence, "no")] {
            let server = ScriptedServer(by: { _ in step })
            let host = try FakeHost()
            #expect(
                states(try .relay(at: server, ["open_path": "/o", "idempotent": isIdempotent]), server, host) == [
                    .unknown
                ])
            #expect(server.requests.count == (isIdempotent == "yes" ? 2 : 1))
            #expect(host.troubles.last == "offline")
        }
    }

    @Test func whatWasNotAnsweredIsConfirmedByTheState() throws {
        let server = ScriptedServer(by: { $0.contains("/o ") ? .hangUp : .answer(reply("200 OK", [], "on")) })
        let door = try Door.relay(at: server, ["open_path": "/o", "state_path": "/s", "state_open": "on"])
        #expect(states(door, server, try FakeHost(), count: 2) == [.unknown, .confirmed])
    }

    @Test func whereNobodyListensNothingWasOpened() throws {
        let door = try Door.relay(at: ScriptedServer([]), ["open_path": "/o"])  // closed again
        let host = try FakeHost()
        #expect(states(door, ScriptedServer([]), host) == [.failed])
        #expect(host.troubles.last == "offline")
    }

    @Test func anAddressOutsideTheNetworksIsNotAsked() throws {
        let server = ScriptedServer([.answer(reply("200 OK"))])
        let host = try FakeHost(["10.0.0.0/8", "192.168.0.0/16"])
        #expect(states(try .relay(at: server, ["open_path": "/o"]), server, host) == [.failed])
        #expect(host.troubles == ["address"])
        server.work()
        #expect(server.connections == 0)
    }

    @Test func aWrongPasswordIsTrouble() throws {
        let server = ScriptedServer(by: { _ in
            .answer(reply("401 Unauthorized", ["WWW-Authenticate: Basic realm=\"x\""]))
        })
        let host = try FakeHost()
        let door = try Door.relay(at: server, ["open_path": "/o", "authentication": "basic", "user": "u"])
        #expect(states(door, server, host) == [.failed])
        #expect(host.troubles.last == "authentication")
    }

    @Test func anOpeningThatIsNoLongerFreshIsNotSent() throws {
        let server = ScriptedServer(by: { _ in .answer(reply("200 OK")) })
        let host = try FakeHost()
        let driver = HTTPRelay(host)
        let door = try Door.relay(at: server, ["open_path": "/o"])
        driver.use([door])
        driver.perform(open(for: 0), at: door)
        turn(driver, [server]) { !host.commands.isEmpty }
        #expect(host.states() == [.failed] && server.requests.isEmpty)
    }

    @Test(arguments: [
        ["open_path": "o"], [:], ["open_path": "/o", "success_status": "two"], ["open_path": "/o", "pin": "x"],
        ["open_path": "/o", "success_rule": "/x"],
    ])
    func wrongSettingsAreSaid(_ settings: [String: String]) throws {
        let server = ScriptedServer([])
        let host = try FakeHost()
        #expect(states(try .relay(at: server, settings), server, host) == [.failed])
        #expect(host.troubles == ["settings"])
    }

    // MARK: Looks

    @Test func aDeadDeviceCostsOnlyItself() throws {
        let dead = ScriptedServer(by: { _ in .silence })
        let alive = ScriptedServer(by: { _ in .answer(reply("200 OK")) })
        let host = try FakeHost()
        let driver = HTTPRelay(host)
        let doors = [try Door.relay(at: dead, ["open_path": "/o"]), try .relay(at: alive, ["open_path": "/o"], id: 8)]
        driver.use(doors)
        driver.perform(open(1), at: doors[0])
        driver.perform(open(2), at: doors[1])
        turn(driver, [dead, alive]) { host.commands.count == 2 }
        #expect(host.commands.map(\.id) == [2, 1])
        #expect(host.commands.map(\.state) == [.accepted, .unknown])
    }

    @Test func theContactIsLookedAtAndItsChangesAreTold() throws {
        var state = "false"
        let server = ScriptedServer(by: { _ in .answer(reply("200 OK", [], #"{"state":\#(state)}"#)) })
        let host = try FakeHost()
        let driver = HTTPRelay(host)
        driver.use([try .relay("shelly2", at: server, ["authentication": "none", "input": "0", "poll_seconds": "2"])])
        turn(driver, [server]) { !host.contacts.isEmpty }
        state = "true"
        turn(driver, [server]) { host.contacts.count == 2 }
        #expect(host.contacts == [.open, .closed])
        state = "null"
        turn(driver, [server]) { host.troubles.last == "answer" }
        #expect(host.troubles == ["", "answer"])
        #expect(server.requests.allSatisfy { $0.hasPrefix("GET /rpc/Input.GetStatus?id=0 ") })
    }

    @Test func aRelayThatStaysOnIsTrouble() throws {
        let server = ScriptedServer(by: { _ in .answer(reply("200 OK", [], "on")) })
        let host = try FakeHost()
        let driver = HTTPRelay(host)
        let door = try Door.relay(
            at: server,
            ["open_path": "/o", "state_path": "/s", "state_open": "on", "state_closed": "off", "poll_seconds": "3600"],
            openSeconds: 1)
        driver.use([door])
        driver.perform(open(), at: door)
        turn(driver, [server]) { host.troubles.last == "stays_open" }
        #expect(host.troubles.last == "stays_open")
        #expect(host.states() == [.accepted, .confirmed])
    }

    @Test func aDoorIsKeptOpenAlsoAfterItsDeviceForgotIt() throws {
        var isOn = false
        let server = ScriptedServer(by: { request in
            if request.contains("on=true ") { isOn = true }
            return .answer(
                reply("200 OK", [], request.contains("Set") ? #"{"was_on":false}"# : #"{"output":\#(isOn)}"#))
        })
        let host = try FakeHost()
        let door = try Door.relay(
            "shelly2", at: server, ["authentication": "none", "poll_seconds": "2"], wantsOpen: true)
        let driver = HTTPRelay(host)
        driver.use([door])
        driver.perform(DoorCommand(id: 1, kind: .hold, freshUntil: nil), at: door)
        turn(driver, [server]) { host.states() == [.accepted, .confirmed] }
        #expect(host.states() == [.accepted, .confirmed])
        isOn = false  // its power was away
        turn(driver, [server]) { isOn }
        #expect(isOn)
    }

    /// Which one is an HTTP status, or silence.
    @Test(arguments: ["500 Internal Server Error", nil])
    func aDeviceThatDoesNotTakeItIsToldAgainToStayOpen(_ status: String?) throws {
        var told = 0
        let server = ScriptedServer(by: { request in
            guard request.contains("Set") else { return .answer(reply("200 OK", [], "{}")) }
            told += 1
            guard told < 2 else { return .answer(reply("200 OK", [], #"{"was_on":false}"#)) }
            return status.map { .answer(reply($0, [], "")) } ?? .hangUp
        })
        let host = try FakeHost()
        let changes = ["authentication": "none", "state_path": "", "contact_path": ""]
        let driver = HTTPRelay(host)
        driver.use([try Door.relay("shelly2", at: server, changes, wantsOpen: true)])
        turn(driver, [server], seconds: 20) { told >= 2 && (status == nil || host.troubles.last == "") }
        #expect(told == 2)
        #expect(host.troubles == (status == nil ? [""] : ["", "not_kept_open", ""]))
    }

    @Test func aDeviceWithoutSuchARequestCannotKeepADoorOpen() throws {
        let server = ScriptedServer([])
        #expect(states(try .relay("esphome", at: server), server, try FakeHost(), kind: .hold) == [.failed])
    }
}
