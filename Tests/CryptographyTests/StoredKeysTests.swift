import Cryptography
import Testing

/// What databases hold by now: another derivation would make all of it worthless.
///
/// Computed with Python's hmac, and HKDF and AESGCM of its package cryptography, from the bytes 1 to 32 as the key of
/// every generation and a nonce of zeros.
@Suite struct `What is stored with the keys` {
    private let codes: CodeKeys
    private let factors: KeyRing

    init() throws {
        let secret = try knownSecret()
        let masters = [3, 2].map { MasterKey(generation: $0, secret: secret) }
        codes = CodeKeys(tagging: masters, showing: masters)
        factors = KeyRing(masters)
    }

    @Test func `is the tag of a code and its sealed text`() throws {
        let code = try #require(GateCode(reading: "AB12CD34"))
        let tag = codes.tag(code)
        #expect(Hexadecimal.encode(tag) == "9d539faadec710f0ecf6dce94cb9debb")
        let sealed = try bytes("000000000000000000000000873bea2bfe1126d1b7e71f8096a88ee8eca64710cce3cb0c")
        for generation in [3, 2] {
            #expect(try codes.open(sealed, tag: tag, generation: generation) == "AB12CD34")
        }
        #expect(throws: SealedCodeError.noKey) { try codes.open(sealed, tag: tag, generation: 1) }
        #expect(throws: SealedCodeError.cannotOpen) { try codes.open(sealed, tag: [0], generation: 3) }
    }

    @Test func `is the seed of a pass's one-time passwords`() throws {
        let handle = try #require(GateCode(reading: "AB12CD34"))
        #expect(
            Hexadecimal.encode(try #require(codes.oneTimePassword(of: handle)).seed)
                == "b8e51c3064b7e6f0d29dc07accc2a0fb9dd83d02")
    }

    @Test func `is the secret of an authenticator`() throws {
        let sealed = try bytes(
            "000000000000000000000000dd14ab08a900c8a77d2298b0c9d1074c02791f3e5dd2471c6a3db0dbd4cb887b1020472b861f2f207e5f"
                + "345333100d9f")
        let secret = try AuthenticatorSecret(opening: sealed, of: 7, generation: 2, with: factors)
        #expect(secret.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        for (account, generation, error) in [
            (Int64(8), 2, SealedCodeError.cannotOpen), (7, 3, .cannotOpen), (7, 1, .noKey),
        ] {
            #expect(throws: error) {
                try AuthenticatorSecret(opening: sealed, of: account, generation: generation, with: factors)
            }
        }
        let again = try secret.sealed(for: 7, with: factors)
        #expect(
            try AuthenticatorSecret(opening: again, of: 7, generation: 3, with: factors).base32 == secret.base32)
    }

    private func bytes(_ hexadecimal: String) throws -> [UInt8] { try #require(Hexadecimal.decode(hexadecimal)) }
}
