import Testing
import Web

@Suite("Numbers from outside")
struct WholeNumberTests {
    @Test(arguments: [
        "9223372036854775808", "-9223372036854775809", "11", "0", "-1", "1.0", "1e0", "", " ", "+", "NaN", "٣", "0x1",
        "1_0",
    ])
    func `what is outside of the range, or no number, is none`(text: String) {
        #expect(WholeNumber.read(text, in: 1...10) == nil)
    }

    @Test func `a range may be as wide as the type`() {
        #expect(WholeNumber.read("-9223372036854775808", in: .min ... .max) == .min)
        #expect(WholeNumber.read("9223372036854775807", in: .min ... .max) == .max)
    }

    @Test(
        arguments: [
            ("9223372036854775807", 10), ("99999999999999999999999999", 10), ("-9223372036854775808", 1),
            ("-99999999999999999999", 1),
            ("0", 1), ("-0", 1), ("7", 7), ("7.0", 7), (" 7 ", 7),
        ] as [(String, Int64)])
    func `the nearest is the end of the range beyond it`(text: String, number: Int64) {
        #expect(WholeNumber.nearest(to: text, in: 1...10) == number)
    }

    @Test(arguments: ["x", "", "1e400", "1.5", "NaN"])
    func `of what is no number nothing is nearest`(text: String) {
        #expect(WholeNumber.nearest(to: text, in: 1...10) == nil)
    }
}
