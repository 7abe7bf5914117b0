import Cryptography
import Testing

@Suite struct `A key` {
    @Test func `is read from a key file, line end and all`() throws {
        let text = try knownSecret().exposedHexadecimal()
        #expect(try Secret(hexadecimal: "\(text)\n").exposedHexadecimal() == text)
        #expect(try Secret(hexadecimal: " \(text.uppercased()) \r\n").exposedHexadecimal() == text)
    }

    @Test(arguments: [
        "", "changeme", "django-insecure-x", String(repeating: "0123456789abcdef", count: 3),
        "zz" + String(repeating: "ab", count: 31),
        "0102030405060708090a0b0c0d0e0f10 1112131415161718191a1b1c1d1e1f20",
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021",
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2", "０１" + String(repeating: "ab", count: 31),
    ])
    func `that is not 64 hexadecimal digits is refused`(text: String) {
        #expect(throws: SecretError.malformed) { try Secret(hexadecimal: text) }
    }

    @Test(arguments: [
        String(repeating: "0", count: 64), String(repeating: "ff", count: 32),
        String(repeating: "0123456789abcdef", count: 4),
        String(repeating: "deadbeef", count: 8),
    ])
    func `that nobody drew at random is refused`(text: String) {
        #expect(throws: SecretError.notRandom) { try Secret(hexadecimal: text) }
    }

    @Test func `never prints itself`() throws {
        let secret = try knownSecret()
        var dumped = ""
        dump(["key": secret], to: &dumped)
        for text in [
            "\(secret)", String(reflecting: secret), String(describing: [secret]),
            "\(MasterKey(generation: 1, secret: secret))", dumped,
        ] {
            #expect(text.contains("Secret"))
            #expect(!text.contains("0102") && !text.contains("SymmetricKey") && !text.contains("bytes"))
        }
    }

    @Test func `derives another key for each purpose, as RFC 5869 says`() throws {
        let master = try knownSecret()
        #expect(
            master.derive("jwt-refresh/1").exposedHexadecimal()
                == "0ad74f39a136d97fbf9b21d1491dd5d196a85a6b5c8786be57dbec69b678a595")
        #expect(
            master.derive("jwt-access/1").exposedHexadecimal()
                == "28aa02932a237945700b578b96caaa4e214c50d13c456389c2ecfa397e72c45d")
    }

    @Test func `signs and checks a message`() throws {
        let secret = try knownSecret()
        let code = secret.authenticationCode(for: Array("code|AB12CD34".utf8))
        #expect(Hexadecimal.encode(code) == "9d539faadec710f0ecf6dce94cb9debb2d03d8d052c8121a1701fa6b0ff3ad19")
        #expect(secret.isAuthenticationCode(code, for: Array("code|AB12CD34".utf8)))
        #expect(!secret.isAuthenticationCode(code, for: Array("code|AB12CD35".utf8)))
        #expect(!secret.isAuthenticationCode(Array(code.prefix(16)), for: Array("code|AB12CD34".utf8)))
        #expect(!secret.isAuthenticationCode([], for: Array("code|AB12CD34".utf8)))
        #expect(!Secret.random().isAuthenticationCode(code, for: Array("code|AB12CD34".utf8)))
    }

    @Test func `drawn at random is new each time and acceptable as a key file`() throws {
        let texts = (0..<200).map { _ in Secret.random().exposedHexadecimal() }
        #expect(Set(texts).count == 200)
        for text in texts { #expect(try Secret(hexadecimal: text).exposedHexadecimal() == text) }
    }
}
