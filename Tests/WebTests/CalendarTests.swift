import JSON
import Testing
import Web

@Suite("Dates and times a client sends")
struct CalendarTests {
    @Test(arguments: ["2026-12-24", "2024-02-29", "2000-02-29", "2026-1-5"])
    func `a day that exists is a date`(text: String) { #expect(accepts(.date, text)) }

    @Test(arguments: [
        "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "soon", "24/12/2026", "0-1-1",
    ])
    func `a day that does not exist is no date`(text: String) { #expect(!accepts(.date, text)) }

    @Test(arguments: ["18:30", "18:30:15", "18:30:15.5", "00:00:00.000001"])
    func `a time has hours and minutes, perhaps seconds and a fraction`(text: String) {
        #expect(accepts(.time(), text))
    }

    @Test(arguments: ["25:00", "18:60", "18:30:60", "18", "18:30:15.1234567", "noon"])
    func `an impossible time is refused`(text: String) { #expect(!accepts(.time(), text)) }

    @Test(arguments: [
        "2026-01-01T10:00:00", "2026-01-01T10:00:00.123456+02:00", "2026-01-01 10:00", "2026-01-01T10:00:00Z",
        "2026-01-01T10:00:00-0600", "2026-01-01T10:00:00-06", "2026-01-01",
    ])
    func `a moment may have a zone or none`(text: String) { #expect(accepts(.timestamp, text)) }

    @Test(arguments: [
        "yesterday", "2026-13-40", "2026-01-01T25:00", "2026-01-01T10:00:00 02:00", "2026-01-01T10:00+99:00",
    ])
    func `a broken moment is refused`(text: String) { #expect(!accepts(.timestamp, text)) }

    private func accepts(_ kind: FieldKind, _ text: String) -> Bool {
        if case .success = kind.parse(.string(text)) { true } else { false }
    }
}
