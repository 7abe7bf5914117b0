import CommonPasswords
import Testing

@Suite struct `The dictionary of common passwords` {
    @Test(arguments: ["password", "password1", "drowssap", "12345678", "Pa55w0rd", "guadalupe", "aaaaaaaaaaaa"])
    func `knows what everybody tries first`(password: String) throws {
        #expect(try CommonPasswords.contains(password))
    }

    @Test(arguments: ["correct horse battery staple", "K7M2P9QX-TRHYBN4C", "la vaca verde salta"])
    func `does not know what somebody has thought of`(password: String) throws {
        #expect(try !CommonPasswords.contains(password))
    }

    @Test func `is not confused by length or by letters it does not know`() throws {
        for count in [255, 256, 257, 1023, 1024, 1025, 100_000] {
            _ = try CommonPasswords.contains(String(repeating: "xyz€", count: count / 6))
            _ = try CommonPasswords.contains(String(repeating: "a1B2", count: count / 4))
        }
        for text in ["", " ", "\n", "ñ", "😀😀😀😀", String(repeating: "\u{301}", count: 9)] {
            _ = try CommonPasswords.contains(text)
        }
    }
}
