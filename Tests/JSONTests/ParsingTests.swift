import JSON
import Testing

func parse(_ text: String, maximumBytes: Int = 16_384, maximumDepth: Int = 16) throws(JSONError) -> JSON {
    try JSON(parsing: Array(text.utf8), maximumBytes: maximumBytes, maximumDepth: maximumDepth)
}

func refusal(of bytes: [UInt8]) -> JSONError.Reason? {
    do throws(JSONError) {
        _ = try JSON(parsing: bytes)
        return nil
    } catch { return error.reason }
}

func refusal(of text: String) -> JSONError.Reason? { refusal(of: Array(text.utf8)) }

@Suite struct `Reading what a client sends` {
    @Test func `a whole body keeps its order and its kinds`() throws {
        let body = try parse(#"{"z": [1, -2.5, true, false, null], "a": {"n": "Peña \u00f1 😀 \ud83d\ude00"}, "m": ""}"#)
        let expected: JSON = [
            "z": [1, -2.5, true, false, nil], "a": ["n": "Peña ñ 😀 😀"], "m": "",
        ]
        #expect(body == expected)
        #expect(body.members?.map(\.name) == ["z", "a", "m"])
    }

    @Test func `an absent member and a null one are told apart`() throws {
        let body = try parse(#"{"unit":null}"#)
        #expect(body["unit"] == .some(.null))
        #expect(body["building"] == nil)
        #expect(try parse("[1]")["unit"] == nil)
    }

    @Test func `the typed views answer for their own kind only`() throws {
        #expect(try parse("\"7\"").stringValue == "7")
        #expect(try parse("\"7\"").integerValue == nil)
        #expect(try parse("7").integerValue == 7)
        #expect(try parse("7.0").integerValue == nil)
        #expect(try parse("true").boolValue == true)
        #expect(try parse("1").boolValue == nil)
        #expect(try parse("[]").elements == [])
        #expect(try parse("{}").members == [])
        #expect(try parse("{}").elements == nil)
    }

    @Test(arguments: [
        ("5", JSON.integer(5)), ("\"x\"", .string("x")), ("null", .null), ("true", .bool(true)), (" [] ", .array([])),
        ("\t\r\n{}\n", .object([])),
    ])
    func `any kind of value may stand at the top, scalars too`(text: String, value: JSON) throws {
        #expect(try parse(text) == value)
    }

    @Test func `a NUL inside a text arrives whole, so that its field can refuse it`() throws {
        #expect(try parse(#"{"code":"AB\u0000CD"}"#)["code"] == .string("AB\0CD"))
    }

    @Test(arguments: [
        ("7.0", JSON.real(7)), ("1.0", .real(1)), ("-0", .integer(0)), ("1e2", .real(100)), ("1E-2", .real(0.01)),
        ("1e-400", .real(0)), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ])
    func `numbers become what this table says`(text: String, value: JSON) throws {
        #expect(try parse("[\(text)]") == .array([value]))
    }

    @Test func `minus zero with a fraction keeps its sign`() throws {
        guard case .array(let elements) = try parse("[-0.0]"), case .real(let zero)? = elements.first else {
            Issue.record("not a real")
            return
        }
        #expect(zero == 0 && zero.sign == .minus)
    }
}

@Suite struct `Refusing what is not JSON for us` {
    @Test(arguments: [
        "9223372036854775808", "-9223372036854775809", "1000000000000000000000000000000",
    ])
    func `a whole number beyond 64 bits becomes a real, and a text of digits stays one`(number: String) throws {
        let text = #"{"a":"\#(number)","n":[\#(number),\#(number)]}"#
        let value = try JSON(parsing: Array(text.utf8))
        #expect(value["a"]?.stringValue == number)
        guard case .real(let real)? = value["n"]?.elements?.last else {
            Issue.record("not a real")
            return
        }
        #expect(abs(real) >= 0x1p63)
    }

    @Test(arguments: ["1e400", "-1e400", String(repeating: "9", count: 400)])
    func `a number beyond its type is refused`(number: String) {
        #expect(refusal(of: "{\"max_uses\":\(number)}") == .numberOutOfRange)
    }

    @Test(arguments: [
        "01", "+1", "1.", ".5", "1e", "0x10", "NaN", "Infinity", "-", "tru", "nul", "'a'", "{a:1}", "[1,]",
        "{\"a\":1,}",
        "[1 2]", "{\"a\" 1}", "// x\n1", "/* */1", "\"a\u{1}\"", "\"tab\tinside\"", "\"\\x41\"", "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\u12\"", "]", "}", ",", ":", "[}", "{]", "\0", "[1]\0", "\u{FEFF}{}",
    ])
    func `a text that is not JSON is refused`(text: String) {
        #expect(refusal(of: text) != nil)
    }

    @Test(arguments: [#"{"a":1,"a":2}"#, #"{"a":1,"b":{},"\u0061":2}"#, #"[{"x":{"y":1,"y":1}}]"#])
    func `a name given twice is refused, also when one is written with an escape`(text: String) {
        #expect(refusal(of: text) == .duplicateName)
    }

    @Test func `names that differ only in Unicode form are different names`() throws {
        #expect(try parse("{\"\u{e9}\":1,\"e\u{301}\":2}").members?.count == 2)
    }

    @Test func `a NUL in a name is refused`() {
        #expect(refusal(of: #"{"a\u0000b":1}"#) == .nullCharacterInName)
        #expect(refusal(of: #"{"\u0000":1}"#) == .nullCharacterInName)
    }

    @Test(arguments: ["{} {}", "[] x", "1 2", "{}\"", "null,"])
    func `anything after the value is refused`(text: String) {
        #expect(refusal(of: text) != nil)
    }

    @Test(arguments: ["", " ", "\n", "{", "[1", "{\"a\":", "{\"a\":1"])
    func `an unfinished body is refused`(text: String) {
        #expect(refusal(of: text) == .endedEarly)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22],
            [0x22, 0xE2, 0x82, 0x22], [0x22, 0x80, 0x22], [0xEF, 0xBB, 0x7B, 0x7D],
        ] as [[UInt8]])
    func `broken, overlong and surrogate UTF-8 is refused`(bytes: [UInt8]) {
        #expect(refusal(of: bytes) != nil)
    }

    @Test func `a body above the limit is not read at all`() {
        let body = Array("[\(String(repeating: " ", count: 16_382))]".utf8)
        #expect(refusal(of: body) == nil)
        #expect(refusal(of: body + [0x20]) == .tooLarge(maximumBytes: 16_384))
    }
}

@Suite struct `Depth` {
    private func nested(_ levels: Int, _ opening: String = "[", _ closing: String = "]") -> String {
        String(repeating: opening, count: levels) + String(repeating: closing, count: levels)
    }

    @Test func `sixteen levels are read, seventeen are not`() {
        #expect(refusal(of: nested(16)) == nil)
        #expect(refusal(of: nested(17)) == .tooDeep(maximumDepth: 16))
        #expect(refusal(of: String(repeating: "{\"a\":", count: 17)) == .tooDeep(maximumDepth: 16))
    }

    @Test func `a hundred thousand brackets end before the parser starts`() {
        let body = Array(String(repeating: "[", count: 100_000).utf8)
        #expect(throws: JSONError.self) { try JSON(parsing: body, maximumBytes: 1_000_000) }
        #expect(refusal(of: Array(body.prefix(16_000))) == .tooDeep(maximumDepth: 16))
    }

    @Test(arguments: [
        #"["[[[[[[[[[[[[[[[[[[[["]"#, #"["\"[[[[[[[[[[[[[[[[[[[["]"#, #"{"{{{{{{{{{{{{{{{{{{{{{{{":"\\"}"#,
    ])
    func `brackets inside a text do not count`(text: String) {
        #expect(refusal(of: text) == nil)
    }

    @Test func `an escaped backslash before the quote does end the text`() {
        #expect(refusal(of: #"["\\", "# + nested(16) + "]") == .tooDeep(maximumDepth: 16))
    }

    @Test func `many siblings are not depth`() {
        #expect(refusal(of: "[" + Array(repeating: "[[]]", count: 3_000).joined(separator: ",") + "]") == nil)
    }
}

@Suite struct `The words of a refusal` {
    private func words(_ text: String, maximumDepth: Int = 16) -> String {
        do throws(JSONError) {
            _ = try parse(text, maximumDepth: maximumDepth)
            return ""
        } catch { return error.description }
    }

    @Test func `they say what and where`() {
        #expect(words("[[[]]]", maximumDepth: 2) == "Nested deeper than 2 levels: line 1 column 3")
        #expect(words("{\n  \"ñ\": [[1]]}", maximumDepth: 2) == "Nested deeper than 2 levels: line 2 column 9")
        #expect(words("{\"a\":1} x").hasPrefix("Extra data after the value: line 1 column "))
        #expect(words("{\n\"a\": tru}").hasPrefix("Unexpected character: line 2 column "))
        #expect(words("").hasPrefix("Unexpected end: line 1 column 0"))
    }

    @Test func `they never repeat the input`() {
        for text in [
            #"{"a": hunter2}"#, #"{"hunter2":1,"hunter2":2}"#, "[1] hunter2", "\"hunter2", "{\"hunter2\\u0000\":1}",
        ] {
            #expect(words(text) != "")
            #expect(!words(text).contains("hunter2"))
        }
    }
}
