import JSON
import Testing

@Suite struct `Writing an answer` {
    private func text(_ value: JSON) -> String { String(decoding: value.serialized(), as: UTF8.self) }

    @Test func `an answer is compact, in order, and UTF-8 as it is`() {
        let answer: JSON = [
            "valid": true, "person_name": "María Peña 😀", "unit": nil, "uses_left": 0,
            "reasons": ["expired", "moved_out"],
            "empty": [], "nothing": [:], "share": 0.5,
        ]
        #expect(
            text(answer)
                == #"{"valid":true,"person_name":"María Peña 😀","unit":null,"uses_left":0,"#
                + #""reasons":["expired","moved_out"],"empty":[],"nothing":{},"share":0.5}"#)
    }

    @Test func `only what must be escaped is escaped`() {
        #expect(text("a\"b\\c/d</script>\u{7f}\u{2028}") == "\"a\\\"b\\\\c/d</script>\u{7f}\u{2028}\"")
        #expect(text("\0\u{1}\u{8}\t\n\u{b}\u{c}\r\u{1f}") == #""\u0000\u0001\b\t\n\u000B\f\r\u001F""#)
        #expect(text(["a\"\n": 1]) == #"{"a\"\n":1}"#)
    }

    @Test(arguments: [
        (JSON.real(1), "1.0"), (.real(-0.0), "-0.0"), (.real(0.5), "0.5"), (.real(1e300), "1e+300"),
        (.real(.nan), "null"), (.real(.infinity), "null"), (.integer(.min), "-9223372036854775808"),
    ])
    func `numbers are written so that they can be read again`(number: JSON, expected: String) {
        #expect(text(number) == expected)
    }

    @Test func `pieces are written as they lie, and texts of bytes are escaped like others`() {
        var writer = JSONWriter()
        writer.append("{\"a\":")
        writer.append(Array("12".utf8)[...])
        writer.append(",\"b\":")
        writer.write(text: Array("é\"\n".utf8)[...])
        writer.append("}")
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":12,"b":"é\"\n"}"#)
    }

    @Test func `what is missing is null`() {
        let name: String? = nil
        let id: Int64? = nil
        let count: Int? = 3
        let flag: Bool? = nil
        #expect(
            text([JSON(name), JSON(id), JSON(count), JSON(flag), JSON("x"), "\(3) de \(4)"])
                == #"[null,null,3,null,"x","3 de 4"]"#)
    }

    @Test func `whatever is written is read back the same`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let value = arbitrary(depth: 4, using: &random)
            #expect(try JSON(parsing: value.serialized(), maximumBytes: 1_000_000) == value)
        }
    }

    private func arbitrary(depth: Int, using random: inout SystemRandomNumberGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: .null
        case 1: .bool(.random(using: &random))
        case 2: .integer(.random(in: .min ... .max, using: &random))
        case 3: .real(.random(in: -1e12...1e12, using: &random))
        case 4: .string(arbitraryText(using: &random))
        case 5: .array((0..<3).map { _ in arbitrary(depth: depth - 1, using: &random) })
        default:
            .object(
                (0..<3).map { index in
                    JSON.Member(name: "\(index)é\"", value: arbitrary(depth: depth - 1, using: &random))
                })
        }
    }

    private func arbitraryText(using random: inout SystemRandomNumberGenerator) -> String {
        let scalars = (0..<8).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &random)) }
        return String(String.UnicodeScalarView(scalars + [Unicode.Scalar(UInt8.random(in: 0..<0x80, using: &random))]))
    }
}
