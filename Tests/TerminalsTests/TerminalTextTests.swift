import Terminals
import Testing

@Suite("What terminals say and are told")
struct TerminalTextTests {
    private static let record = [
        "time=2026-11-30 08:15:00", "pin=0", "cardno=12345678", "eventaddr=2", "event=27", "inoutstatus=1",
        "verifytype=4", "index=77", "somethingnew=1",
    ].joined(separator: "\t")

    @Test func `a record is read by its names`() throws {
        let event = try #require(TerminalEvent(record: Self.record))
        #expect(event.kind == "denied" && event.door == "2" && event.direction == "EXIT")
        #expect(event.code == "12345678" && event.index == 77 && event.epoch == 20_261_130_081_500)
        #expect(!event.isGrant)
        #expect(event.details.map(\.name) == ["event", "verifytype"])
    }

    @Test func `what was read stands in no fact for people`() throws {
        let event = try #require(TerminalEvent(record: Self.record))
        #expect(!event.details.contains { $0.value.contains("12345678") })
    }

    @Test func `nobody is a zero, and a QR code comes before a card`() {
        #expect(TerminalEvent(record: "event=0\tpin=0\tcardno=0")?.code == nil)
        #expect(TerminalEvent(record: "event=0\tpin=42\tcardno=0")?.code == "42")
        #expect(TerminalEvent(record: "event=0\tqrcode=AB12CD34\tcardno=9")?.code == "AB12CD34")
    }

    @Test func `a record without a number is known by its bytes`() throws {
        let one = try #require(TerminalEvent(record: "event=0\tpin=1\tindex=0"))
        let other = try #require(TerminalEvent(record: "event=0\tpin=2\tindex=0"))
        #expect(one.index == TerminalEvent(record: "event=0\tpin=1\tindex=0")?.index)
        #expect(one.index > 0 && one.index != other.index)
    }

    @Test func `a line of something else is no record`() {
        for line in ["", "OK", "{\"event\":1}", "time=2026-11-30 08:15:00", "event=x", "\t\t\t", "====", "event"] {
            #expect(TerminalEvent(record: line) == nil, "\(line)")
        }
    }

    @Test(arguments: [
        "2026-02-30 08:00:00", "2026-13-01 08:00:00", "2026-11-30 24:00:00", "2026-11-30", "1970-01-01 00:00:00",
        "2026-11-30 08:15:00; drop table", "99999-11-30 8:15:00", "2026-11-30 08:15:60", "", "-2026-11-30 8:15:0",
        "2026-11-30T08:15:00", "2026-11-30 08:15:+0",
    ])
    func `nonsense is no time`(text: String) {
        #expect(TerminalClock.wallTime(text) == nil)
    }

    @Test func `a leap day is a time`() {
        #expect(TerminalClock.wallTime("2028-02-29 23:59:59") == "2028-02-29 23:59:59")
        #expect(TerminalClock.wallTime("2027-02-29 23:59:59") == nil)
    }

    @Test func `moments are counted in months of 31 days`() {
        // 2000-01-01, 2026-11-30 08:15:00, 2028-02-29 00:00:01 and 2027-12-31 23:59:59 of UTC.
        #expect(TerminalClock.count(of: 946_684_800) == 0)
        #expect(TerminalClock.count(of: 1_796_026_500) == ((26 * 12 + 10) * 31 + 29) * 86_400 + 8 * 3_600 + 15 * 60)
        #expect(TerminalClock.count(of: 1_835_395_201) == ((28 * 12 + 1) * 31 + 28) * 86_400 + 1)
        #expect(TerminalClock.count(of: 1_830_297_599) == ((27 * 12 + 11) * 31 + 30) * 86_400 + 86_399)
    }

    @Test func `zones have hours and minutes`() {
        #expect(TerminalClock.zone(minutes: -360) == "-0600")
        #expect(TerminalClock.zone(minutes: 330) == "+0530")
        #expect(TerminalClock.zone(minutes: 0) == "+0000")
    }

    @Test func `a command names one lock and how long`() {
        #expect(TerminalCommand("open", door: "1", seconds: 5)?.text == "CONTROL DEVICE 01010105")
        #expect(TerminalCommand("open", door: "4", seconds: 60)?.text == "CONTROL DEVICE 0104013C")
        #expect(TerminalCommand("hold", door: "2", seconds: 5)?.text == "CONTROL DEVICE 010201FF")
        #expect(TerminalCommand("release", door: "2", seconds: 5)?.text == "CONTROL DEVICE 01020100")
    }

    @Test func `no command means all doors, or for ever`() {
        for door in ["0", "9", "-1", "", "1\nC:2:x", "all"] {
            #expect(TerminalCommand("open", door: door, seconds: 5) == nil)
        }
        #expect(TerminalCommand("open", door: "1", seconds: 255) == nil)
        #expect(TerminalCommand("open", door: "1", seconds: 0) == nil)
        #expect(TerminalCommand("restart", door: "1", seconds: 5) == nil)
    }

    @Test func `a state is read door by door`() {
        // Door 1 closed, 2 open, 3 without contact, 4 closed; relay of 2; door 2 forced and tampered with.
        let doors = TerminalState.doors(["sensor": "49", "relay": "02", "alarm": "0003000000000000"])
        #expect(doors.map(\.contact) == ["closed", "open", nil, "closed", nil, nil, nil, nil])
        #expect(doors.map(\.relay) == [false, true, false, false, false, false, false, false])
        #expect(doors[1].alarms == ["forced", "tamper"] && doors[0].alarms.isEmpty)
        #expect(TerminalState.doors(["sensor": "1", "relay": "1"]).map(\.relay) == [true, false, false, false])
        #expect(TerminalState.doors(["sensor": "8000"]).last?.contact == "open")
        #expect(TerminalState.doors(["sensor": "xyz"]).isEmpty && TerminalState.doors([:]).isEmpty)
    }

    @Test func `an attendance record has places`() throws {
        let event = try #require(TerminalEvent(attendance: "1001\t2026-11-30 08:15:00\t1\t15\t0"))
        #expect(event.kind == "identified" && event.code == "1001" && event.direction == "EXIT")
        #expect(TerminalEvent(attendance: "1001\tyesterday\t1") == nil)
    }

    @Test func `control characters and length are cut`() {
        let fields = TerminalText.fields(
            "~FirmVer=1.0\u{0},Name=\(String(repeating: "x", count: 500)),=,a", separator: ",")
        #expect(fields["firmver"] == "1.0" && fields["name"]?.count == 200)
    }
}
