import JSON
import Testing
import Web

@Suite("Values a client sends")
struct FieldKindTests {
    @Test(arguments: [
        (JSON.integer(7), Int64(7)), (.real(7.0), 7), ("7", 7), ("07", 7), ("+7", 7), (" 7 ", 7), ("7.0", 7),
        ("-3", -3), ("1_0", 10), ("\u{661}", 1),
    ])
    func `a whole number is read in every spelling the legacy API takes`(json: JSON, expected: Int64) {
        #expect(parsed(.integer(-10...10), json) == .integer(expected))
    }

    @Test(arguments: [JSON.real(1.5), "7.5", "1e1", true, "", "seven", .array([]), .real(1.0e-3)])
    func `anything else is no whole number`(json: JSON) {
        #expect(fault(.integer(-10...10), json) == "A valid integer is required.")
    }

    @Test(arguments: [
        (FieldKind.time(), "１８:３０", "18:30"), (.date, "２０２６-１２-０６", "2026-12-06"), (.decimal, " ٣٦.６\u{200b}", "36.6"),
        (.text(maximum: 4), "Jose\u{301}\u{200b}", "José"), (.phone(maximum: 20), "55.1234.5678", "55-1234-5678"),
        (.phone(maximum: 20), "55/1234•5678", "55-1234-5678"), (.phone(maximum: 20), "5512345678.0", "5512345678"),
        (.phone(maximum: 20), "55–1234·5678.", "55-1234-5678-"),
        (.phone(maximum: 20), "\u{202a}+52\u{a0}５５ 1234 5678\u{202c}", "+52 55 1234 5678"),
        (.code, "0009911223\u{200b}", "0009911223"), (.text(maximum: nil), "１２", "１２"),
    ])
    func `of texts that look alike one is meant`(kind: FieldKind, typed: String, expected: String) {
        #expect(parsed(kind, .string(typed)) == .text(expected))
    }

    @Test func `a number outside its range is named with the limit`() {
        #expect(fault(.integer(1...168), 169) == "Ensure this value is less than or equal to 168.")
        #expect(fault(.integer(1...168), 0) == "Ensure this value is greater than or equal to 1.")
    }

    @Test(arguments: ["9223372036854775808", .real(1e300), .integer(.max), "99999999999999999999999"] as [JSON])
    func `a number that 64 bits cannot hold is too large, not senseless`(json: JSON) {
        #expect(fault(.integer(-10...10), json) == "Ensure this value is less than or equal to 10.")
        #expect(parsed(.reference, json) == .integer(.max))
    }

    @Test(arguments: ["_1", "1_", "1__0", "+-1", "--1", "+", ".0", "１e1"])
    func `digits and single underscores between them make a number, nothing else`(text: String) {
        #expect(fault(.integer(-10...10), .string(text)) == "A valid integer is required.")
    }

    @Test func `all that is wrong with a text is said, in the order of the legacy API`() {
        guard case .failure(let fault) = FieldKind.phone(maximum: 20).parse("123456789 123456789 \0!") else {
            Issue.record("it is no phone number")
            return
        }
        #expect(
            fault.texts.map(\.english).dropFirst() == [
                "Ensure this field has no more than 20 characters.", "Null characters are not allowed.",
            ])
    }

    @Test(arguments: [
        (JSON.bool(true), "True"), (5, "5"), (.array(["X", .null]), "['X', None]"),
        (.object([.init(name: "a", value: 1)]), "{'a': 1}"),
    ])
    func `a wrong choice is repeated as the legacy API wrote it`(json: JSON, text: String) {
        #expect(fault(.choice(["GUEST"]), json) == "\"\(text)\" is not a valid choice.")
    }

    @Test func `a link is cut to a whole number`() {
        #expect(parsed(.reference, .real(1.5)) == .integer(1))
        #expect(fault(.reference, "1.5") == "Incorrect type. Expected pk value, received str.")
    }

    @Test func `text is trimmed, numbers pass for text, booleans and lists do not`() {
        #expect(parsed(.text(maximum: 10), "  A-101 ") == .text("A-101"))
        #expect(parsed(.text(maximum: 10), 12) == .text("12"))
        #expect(fault(.text(maximum: 10), true) == "Not a valid string.")
        #expect(fault(.text(maximum: 10), .array([])) == "Not a valid string.")
    }

    @Test func `a text one character too long is refused, accents count once`() {
        #expect(parsed(.text(maximum: 5), "Iñaki") == .text("Iñaki"))
        #expect(fault(.text(maximum: 4), "Iñaki") == "Ensure this field has no more than 4 characters.")
    }

    @Test func `a NUL is named, not cut at`() {
        #expect(fault(.text(maximum: 10), "ab\0cd") == "Null characters are not allowed.")
        #expect(parsed(.date, "2026-12-24\0") == nil)
    }

    @Test(arguments: ["true", "t", "1", "yes", "y", "on", "TRUE", " True "])
    func `a boolean has many spellings`(text: String) {
        #expect(parsed(.boolean, .string(text)) == .boolean(true))
        #expect(parsed(.boolean, 0) == .boolean(false))
        #expect(fault(.boolean, 2) == "Must be a valid boolean.")
        #expect(fault(.boolean, "maybe") == "Must be a valid boolean.")
    }

    @Test func `a choice is compared exactly and a long wrong one is cut in the answer`() {
        #expect(parsed(.choice(["GUEST"]), "GUEST") == .text("GUEST"))
        #expect(fault(.choice(["GUEST"]), "guest") == "\"guest\" is not a valid choice.")
        #expect((fault(.choice(["GUEST"]), .string(String(repeating: "x", count: 5000))) ?? "").count < 200)
    }

    @Test(arguments: ["+52 55 1111 1111", "5512345678", "(55) 1234-5678", ""])
    func `a phone number may have blanks, hyphens and brackets`(text: String) {
        #expect(parsed(.phone(maximum: 20), .string(text)) == .text(text))
    }

    @Test(arguments: ["abc", "12", "+52+5512345678", "55123456781234567", "wa.me/525512345678", "55–1234–567８ ext. 9"])
    func `a wrong phone number is repeated to the client`(text: String) {
        #expect(fault(.phone(maximum: 20), .string(text)) == "\(text) is not a valid phone number")
    }

    @Test(arguments: [("+5255", "+5255"), ("55–1２34", "55-1234"), ("1234", nil), ("+52", nil), ("55123 Ana", nil)])
    func `what is looked for may be a part of a phone`(typed: String, part: String?) {
        #expect(PhoneText.part(typed) == part)
    }

    @Test(arguments: ["i@x.mx", "a.b+c@d-e.example", "ñ@ñandú.mx"])
    func `an e-mail address needs a name, an at and a domain`(text: String) {
        #expect(parsed(.email, .string(text)) == .text(text))
    }

    @Test(arguments: ["x", "a@b", "a b@c.mx", "@c.mx", "a@-c.mx", "a@@c.mx"])
    func `anything else is no e-mail address`(text: String) {
        #expect(fault(.email, .string(text)) == "Enter a valid email address.")
    }

    @Test func `a link wants a number and says what it got`() {
        #expect(parsed(.reference, "1") == .integer(1))
        #expect(fault(.reference, "x") == "Incorrect type. Expected pk value, received str.")
        #expect(fault(.reference, true) == "Incorrect type. Expected pk value, received bool.")
        #expect(fault(.reference, .array([])) == "Incorrect type. Expected pk value, received list.")
    }

    private func parsed(_ kind: FieldKind, _ json: JSON) -> FieldValue? {
        try? kind.parse(json).get()
    }

    private func fault(_ kind: FieldKind, _ json: JSON) -> String? {
        guard case .failure(let fault) = kind.parse(json) else { return nil }
        return fault.texts.first?.english
    }
}
