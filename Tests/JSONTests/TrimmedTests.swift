import JSON
import Testing

@Suite struct `Text without white space around it` {
    @Test(arguments: [
        ("  a b \r\n", "a b"), ("\u{a0}AB12\u{2003}", "AB12"), ("\t\u{3000}ñ\u{2028}", "ñ"), ("a", "a"), ("", ""),
        (" \n\t ", ""),
        // No white space, however invisible: a mark of direction, a space of no width.
        ("\u{200e}a\u{200b}", "\u{200e}a\u{200b}"),
        // A blank is one with an accent on it, too.
        (" \u{301}a ", "a"),
    ])
    func `keeps what stands inside`(text: String, expected: String) {
        #expect(text.trimmed == expected)
        #expect("<\(text)>".dropFirst().dropLast().trimmed == expected)
    }
}
