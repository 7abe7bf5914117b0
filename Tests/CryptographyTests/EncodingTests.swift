import Cryptography
import Testing

@Suite struct `Bytes as text` {
    @Test(arguments: [
        ("", "", ""), ("f", "Zg", "MY"), ("fo", "Zm8", "MZXQ"), ("foo", "Zm9v", "MZXW6"), ("foob", "Zm9vYg", "MZXW6YQ"),
        ("fooba", "Zm9vYmE", "MZXW6YTB"), ("foobar", "Zm9vYmFy", "MZXW6YTBOI"),
    ])
    func `the examples of RFC 4648 hold, without padding`(text: String, base64: String, base32: String) {
        let bytes = Array(text.utf8)
        #expect(Base64URL.encode(bytes) == base64)
        #expect(Base64URL.decode(base64) == bytes)
        #expect(Base32.encode(bytes) == base32)
        #expect(Base32.decode(base32) == bytes)
    }

    @Test func `every length of random bytes comes back`() {
        for count in 0..<200 {
            let bytes = RandomBytes.make(count: count)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
            #expect(Base32.decode(Base32.encode(bytes)) == bytes)
            #expect(Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
        }
    }

    @Test func `the address alphabet has dash and underscore`() {
        #expect(Base64URL.encode([0xFB, 0xFF, 0xBF]) == "-_-_")
        #expect(Base64URL.decode("-_-_") == [0xFB, 0xFF, 0xBF])
    }

    @Test(arguments: [
        "Zg==", "Zg=", "=", "Z", "Zm9vY", "Zh", "Zm9", "Zm 9", "Zm9v\n", " Zm9v", "+/+/", "Zm9v.", "Zm\09", "Zm9ñ",
        "Zｍ9v",
    ])
    func `padding, stray bits, blanks and foreign letters are refused in base 64`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `each two bytes have one spelling only`() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let accepted = alphabet.filter { Base64URL.decode("A\($0)") != nil }
        #expect(String(accepted) == "AQgw")
    }

    @Test(arguments: [("mzxw6ytb", "fooba"), ("MZXW6YQ=", "foob"), ("MZXW6===", "foo"), ("MY======", "f")])
    func `base 32 is read in either case, padded or not`(text: String, expected: String) {
        #expect(Base32.decode(text) == Array(expected.utf8))
    }

    @Test(arguments: [
        "M", "MZ", "MZXW6Y", "MZXW6YQ==", "MZXW6=", "M1======", "MZXW6YT8", "MZ XW", "========", "MY=====A",
    ])
    func `base 32 refuses what it would not write`(text: String) {
        #expect(Base32.decode(text) == nil)
    }

    @Test(arguments: ["0", "0g", "0x", " 00", "00 ", "é", "a\0"])
    func `hexadecimal refuses what is not pairs of digits`(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }

    @Test func `hexadecimal writes small letters and reads both`() {
        #expect(Hexadecimal.encode([0x00, 0xAF, 0xFF]) == "00afff")
        #expect(Hexadecimal.decode("00aFFf") == [0x00, 0xAF, 0xFF])
    }
}
