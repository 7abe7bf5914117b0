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

    @Test(arguments: [("2026-1-5", "2026-01-05"), ("20261224", "2026-12-24"), (" 2026-12-24 ", "2026-12-24")])
    func `a day is kept in one way of writing it`(text: String, kept: String) { #expect(read(.date, text) == kept) }

    @Test(arguments: [
        ("18:30", "18:30"), ("18:30:15", "18:30:15"), ("18:30:15.5", "18:30:15.5"), ("8:5:1", "08:05:01"),
        ("00:00:00.000001", "00:00:00.000001"), ("18:30:00.123456789", "18:30:00.123456"),
        ("18:30:59.9999999", "18:30:59.999999"), ("23:59:59.99999999999999999999999", "23:59:59.999999"),
        ("18:30:15,5", "18:30:15.5"),
    ])
    func `of a time what is finer than microseconds is cut off, never rounded`(text: String, kept: String) {
        #expect(read(.time(), text) == kept)
    }

    @Test(arguments: [
        "25:00", "24:00", "24:00:00", "18:60", "18:30:60", "18", "1830", "18:30:", "18:30:15.", "18:30:15.5.5",
        "18:30:15.5x", "18:30Z", "18:30+02:00", "-1:30", "noon",
    ])
    func `an impossible time is refused`(text: String) { #expect(!accepts(.time(), text)) }

    @Test(arguments: ["24:00", "24:00:00"])
    func `a day ends at 24:00, where something ends`(text: String) {
        #expect(read(.time(throughMidnight: true), text) == text)
    }

    @Test(arguments: [
        ("2026-01-01T10:00:00", "2026-01-01T10:00:00"), ("2026-01-01", "2026-01-01"),
        ("2026-01-01T10:00:00.123456+02:00", "2026-01-01T10:00:00.123456+02:00"),
        ("2026-01-01 10:00", "2026-01-01T10:00"), ("2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z"),
        ("2026-01-01t10:00:00.5z", "2026-01-01T10:00:00.5Z"),
        ("2026-01-01 10:00:00 +02:00", "2026-01-01T10:00:00+02:00"),
        ("2026-01-01T10:00:00-0600", "2026-01-01T10:00:00-06:00"),
        ("2026-01-01T10:00:00-06", "2026-01-01T10:00:00-06:00"),
        ("2026-01-01T10:00:00+00", "2026-01-01T10:00:00+00:00"),
        ("2026-01-01T10:00:00+0000", "2026-01-01T10:00:00+00:00"),
        ("2026-11-29T00:00:00.1234567Z", "2026-11-29T00:00:00.123456Z"),
        ("2026-12-06T23:59:59.999999999", "2026-12-06T23:59:59.999999"),
        ("2026-12-06T10:00:00,1234567-06:00", "2026-12-06T10:00:00.123456-06:00"),
        ("20261206T100000Z", "2026-12-06T10:00:00Z"), ("20261206T1000", "2026-12-06T10:00"),
        ("20261206T100000.1234567+0200", "2026-12-06T10:00:00.123456+02:00"), ("2026-1-5T8:5", "2026-01-05T08:05"),
    ])
    func `a moment may have a zone or none, and is kept in one way of writing it`(text: String, kept: String) {
        #expect(read(.timestamp, text) == kept)
    }

    @Test(arguments: [
        "yesterday", "2026-13-40", "2026-01-01T25:00", "2026-01-01T24:00", "2026-01-01T10:00:00 02:00",
        "2026-01-01T10:00+99:00", "2026-01-01T10:00+2", "2026-01-01T10:00+02:", "2026-01-01T10:00+02:0",
        "2026-01-01T10:00+:0200", "2026-01-01T10:00ZZ", "2026-01-01T", "2026-01-01T10:00:00.", "2026-01-01T1000.5",
        "2026-01-01T10000", "2026-01-01  10:00", "T10:00", "2026-01-01T10:00:60Z",
    ])
    func `a broken moment is refused`(text: String) { #expect(!accepts(.timestamp, text)) }

    private func accepts(_ kind: FieldKind, _ text: String) -> Bool { read(kind, text) != nil }

    /// What goes on to the database; nil when it is refused.
    private func read(_ kind: FieldKind, _ text: String) -> String? {
        if case .success(.text(let kept)) = kind.parse(.string(text)) { kept } else { nil }
    }
}
