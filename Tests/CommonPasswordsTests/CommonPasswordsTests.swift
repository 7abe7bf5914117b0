import CommonPasswords
import Foundation
import Testing

/// As `make build` made it of the packages' lists.
private let file = #filePath.replacing(
    "Tests/CommonPasswordsTests/CommonPasswordsTests.swift", with: ".build/release/common-passwords.txt")

@Suite struct `The list of common passwords` {
    private let list: CommonPasswords

    init() throws {
        list = try CommonPasswords(file: file)
    }

    @Test(arguments: [
        "cruzazul", "1q2w3e4r5t", "bigpimpin1",  // much used
        "murciélago", "contraseña", "contrasena", "guadalupe", "zuzón",  // Spanish
        "unbelievable", "zygote",  // English
    ])
    func `has entries of each source`(password: String) {
        #expect(list.contains(password))
    }

    @Test(arguments: [
        "password", "Password", "password1", "1password", "drowssap", "12345678", "Pa55w0rd", "P@$$w0rd!", "$oledad1",
        "GUADALUPE2024", "¡Contraseña2026!", "MURCIÉLAGO", "passwordpassword", "1drowssaP", "maria5512345678",
        "qwertyuiop", "poiuytrewq", "asdfghjklñ", "abcdefghij", "9876543210", "qazwsxedc", "aaaaaaaaaaaa",
        "121212121212",
        "abcabcabc", "pass-word", "password password", "Contrasen\u{303}a", "G.u.a.d.a.l.u.p.e.99",
    ])
    func `knows what everybody tries first, in its usual disguises`(password: String) {
        #expect(list.contains(password))
    }

    @Test(arguments: [
        "correct horse battery staple", "K7M2P9QX-TRHYBN4C", "la vaca verde salta", "maria559182736451", "q7#Zp0w!",
        "83920175523", "sol-y-luna-de-abril", "e87f1c90",
    ])
    func `does not know what somebody has thought of`(password: String) {
        #expect(!list.contains(password))
    }

    @Test func `refuses no secret that is drawn by lot`() throws {
        var dice = SystemRandomNumberGenerator()
        let words = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        for _ in 0..<2_000 {
            let bytes = Data((0..<16).map { _ in UInt8.random(in: 0...255, using: &dice) })
            let drawn = (0..<4).compactMap { _ in words.randomElement(using: &dice) }
            for secret in [
                bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(),
                bytes.base64EncodedString(),
                String((0..<26).compactMap { _ in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".randomElement(using: &dice) }),
                drawn.joined(separator: " "), drawn.joined(),
            ] {
                #expect(!list.contains(secret), "\(secret)")
            }
        }
    }

    @Test func `is found from its first entry to its last`() throws {
        let entries = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(entries.count >= 150_000)
        let between = stride(from: 0, to: entries.count, by: 997).map { entries[$0] }
        for entry in entries.prefix(50) + between + entries.suffix(50) {
            #expect(list.contains(entry), "\(entry)")
        }
    }

    @Test func `is not confused by length or by letters it does not know`() {
        for count in [255, 256, 1023, 1024, 100_000] {
            #expect(!list.contains(String(repeating: "xyz€", count: count / 4) + "x"))
            #expect(!list.contains(String(repeating: "1", count: count) + "Ω7"))
        }
        for text in ["", " ", "\n", "ñ", "😀😀", String(repeating: "\u{301}", count: 9)] {
            _ = list.contains(text)
        }
    }

    @Test func `is missed when it is not there or not whole`() throws {
        #expect(throws: CommonPasswordsError.missing) { try CommonPasswords(file: "/nowhere") }
        let short = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try "password\n".write(to: short, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: short) }
        #expect(throws: CommonPasswordsError.incomplete) { try CommonPasswords(file: short.path()) }
    }
}
