import Resource
import Testing

@Suite("Times on the wire")
struct WireTimeTests {
    @Test(arguments: [
        ("2026-11-22 22:25:29.5233-06", "2026-11-22T22:25:29.523300-06:00"),
        ("2026-07-01 12:00:00-06", "2026-07-01T12:00:00-06:00"),
        ("2026-07-01 12:00:00.5+05:30", "2026-07-01T12:00:00.500000+05:30"),
        ("2026-07-01 12:00:00+00", "2026-07-01T12:00:00+00:00"),
    ])
    func `a moment has microseconds or none, and the site's offset`(text: String, expected: String) {
        #expect(WireTime.timestamp(text) == expected)
    }

    @Test func `a time of day has six digits behind the point or none`() {
        #expect(WireTime.time("18:30:15.5") == "18:30:15.500000")
        #expect(WireTime.time("18:30:00") == "18:30:00")
    }
}
