import JSON
import Testing

@Suite struct `Texts that look alike` {
    @Test(arguments: [
        ("Jose\u{301} Pen\u{303}a", "José Peña"), ("DN\u{303}1", "DÑ1"), ("\u{feff}ana\u{200b}", "ana"),
        ("\u{202a}+52 55 1234 5678\u{202c}", "+52 55 1234 5678"), ("+52\u{a0}55\u{202f}1234", "+52 55 1234"),
        ("A\u{ad}B\u{2060}C\u{fe0f}\u{200d}D", "ABCD"), ("\u{3164}", ""), ("\u{2}7\u{3}\u{1d}", "7"),
        ("  \u{3000}a\t\r\n", "a"), ("a\tb\r\nc", "a\tb\r\nc"), ("a\0b", "a\0b"), ("", ""), (" \u{200e} ", ""),
        // Seen, though made of marks: a family, a key, a heart of colour, a word of Persian.
        ("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"), ("1\u{fe0f}\u{20e3}", "1\u{fe0f}\u{20e3}"),
        ("❤\u{fe0f}", "❤\u{fe0f}"), ("می\u{200c}خواهم", "می\u{200c}خواهم"), ("１２", "１２"),
    ])
    func `are one text`(typed: String, expected: String) {
        // By scalars: Swift takes canonically equal texts for equal.
        #expect(Array(typed.plain.unicodeScalars) == Array(expected.unicodeScalars))
        #expect(Array(typed.plain.plain.unicodeScalars) == Array(typed.plain.unicodeScalars))
    }

    @Test func `are left alone where somebody stacks thousands of marks`() {
        let stack = "e" + String(repeating: "\u{301}\u{323}", count: 200_000)
        #expect(stack.plain.unicodeScalars.count == 400_001)
        #expect("e\(String(repeating: "\u{301}", count: 30))".plain.unicodeScalars.first == "é")
    }

    @Test(arguments: [
        ("１２\u{ff0d}３", "12-3"), ("\u{666}\u{667}", "67"), ("१२", "12"),
        ("55\u{2011}12\u{2013}3\u{2212}4", "55-12-3-4"),
        ("ＡＢ", "AB"), ("𝟏𝟐", "12"), ("ñ½Ⅷ", "ñ½Ⅷ"), ("12", "12"),
    ])
    func `have the digits that people mean`(typed: String, expected: String) {
        #expect(typed.withPlainDigits == expected)
    }

    @Test(arguments: [
        ("abc-12·34", "ABC1234"), ("BB·CL·23", "BBCL23"), ("ABC/12/34", "ABC1234"), ("ABC\u{200b}1234", "ABC1234"),
        ("ñu 7", "ÑU7"), ("n\u{303}", "Ñ"), ("０４:a3", "04A3"), ("-–—", ""),
    ])
    func `count by letters and digits where they name something`(typed: String, expected: String) {
        #expect(typed.lettersAndDigits == expected)
    }
}
