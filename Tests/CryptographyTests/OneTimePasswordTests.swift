import Cryptography
import Testing

/// The published secret, repeated up to the length the hash asks for.
private func published(_ length: Int) -> [UInt8] {
    Array(String(repeating: "1234567890", count: 7).utf8.prefix(length))
}

@Suite struct `A one-time password` {
    @Test func `by counter is that of RFC 4226, appendix D`() {
        let passwords = OneTimePassword(secret: published(20))
        #expect(
            (0..<10).map { passwords.password(atStep: $0) } == [
                "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
            ])
    }

    @Test(arguments: [
        (Int64(59), "94287082", "46119246", "90693936"), (1_111_111_109, "07081804", "68084774", "25091201"),
        (1_111_111_111, "14050471", "67062674", "99943326"), (1_234_567_890, "89005924", "91819424", "93441116"),
        (2_000_000_000, "69279037", "90698825", "38618901"), (20_000_000_000, "65353130", "77737706", "47863826"),
    ])
    func `by time is that of RFC 6238, appendix B`(now: Int64, sha1: String, sha256: String, sha512: String) {
        let step = OneTimePassword.step(at: now)
        #expect(OneTimePassword(secret: published(20), algorithm: .sha1, digits: .eight).password(atStep: step) == sha1)
        #expect(
            OneTimePassword(secret: published(32), algorithm: .sha256, digits: .eight).password(atStep: step) == sha256)
        #expect(
            OneTimePassword(secret: published(64), algorithm: .sha512, digits: .eight).password(atStep: step) == sha512)
    }

    @Test func `is accepted one step early and one late, and says which step it was`() {
        let passwords = OneTimePassword(secret: published(20))
        let now: Int64 = 1_234_567_890
        let step = OneTimePassword.step(at: now)
        for offset: Int64 in -1...1 {
            #expect(passwords.matchedStep(for: passwords.password(atStep: step + offset), now: now) == step + offset)
        }
        for offset: Int64 in [-3, -2, 2, 3] {
            #expect(passwords.matchedStep(for: passwords.password(atStep: step + offset), now: now) == nil)
        }
    }

    @Test func `changes exactly at the half minute`() {
        #expect(OneTimePassword.step(at: 59) == 1)
        #expect(OneTimePassword.step(at: 60) == 2)
    }

    @Test(arguments: [
        "", "0", "89005", "0890059", "89005924", " 005924", "005924 ", "００５９２４", "+05924", "00592\0", "abcdef",
    ])
    func `of the wrong shape is refused`(password: String) {
        let passwords = OneTimePassword(secret: published(20))
        #expect(passwords.password(atStep: OneTimePassword.step(at: 1_234_567_890)) == "005924")
        #expect(passwords.matchedStep(for: password, now: 1_234_567_890) == nil)
    }

    @Test func `at the beginning of time does no harm`() {
        #expect(OneTimePassword(secret: published(20)).matchedStep(for: "755224", now: 0) == 0)
    }

    @Test func `has a secret of 160 bits that a person can copy`() {
        let secret = OneTimePassword.makeSecret()
        #expect(secret.count == 20)
        #expect(Base32.encode(secret).count == 32)
        #expect(OneTimePassword.makeSecret() != secret)
    }
}
