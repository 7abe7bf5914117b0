import Testing
import Webhooks

@Suite struct `A receiver that wants a rest` {
    /// 1994-11-06 08:49:37 UTC, the example of RFC 9110.
    private static let moment: Int64 = 784_111_777

    @Test(arguments: [("0", 0), ("120", 120), ("86400", 86_400), ("86401", 86_400), ("99999999999999999999", 86_400)])
    func `says seconds, a day at most`(text: String, seconds: Int64) {
        #expect(RetryAfter.seconds(text, now: Self.moment) == seconds)
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:50:37 GMT", 60),
        ("Sun, 06 Nov 1994 08:48:37 GMT", 0),
        ("Tue, 29 Feb 2000 00:00:00 GMT", 86_400),
    ])
    func `or names a moment`(text: String, seconds: Int64) {
        #expect(RetryAfter.seconds(text, now: Self.moment) == seconds)
    }

    @Test func `in any year of the calendar`() {
        #expect(RetryAfter.seconds("Tue, 29 Feb 2000 00:01:00 GMT", now: 951_782_400) == 60)
        #expect(RetryAfter.seconds("Sat, 01 Mar 2025 00:00:00 GMT", now: 1_740_787_190) == 10)
    }

    @Test(arguments: [
        "", "soon", "-1", "1.5", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nop 1994 08:49:37 GMT",
        "Sun, 99 Nov 1994 08:49:37 GMT",
    ])
    func `or says nothing that counts`(text: String) {
        #expect(RetryAfter.seconds(text, now: Self.moment) == nil)
    }
}
