import Cryptography
import Testing
import Web

/// What databases and gate devices hold by now: another derivation would make all of it worthless.
///
/// Computed with Python's hmac, and HKDF and AESGCM of its package cryptography, from the bytes 1 to 32 as the key of
/// every generation and a nonce of zeros.
@Suite("What is stored with the keys")
struct StoredKeysTests {
    private let accounts: AccountKeys
    private let devices: DeviceKeys

    init() throws {
        let secret = try Secret(hexadecimal: "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20")
        let masters = [3, 2].map { MasterKey(generation: $0, secret: secret) }
        accounts = AccountKeys(KeyRing(masters))
        devices = DeviceKeys(KeyRing(masters))
    }

    @Test func `is the tag of a log-in and of a form`() throws {
        let login = "d8731757c14d0de343823109bac2271ae3706f6fcc326b7fee6ab88340bf4eae"
        #expect(Hexadecimal.encode(accounts.tag(.loginName, "ana")) == login)
        #expect(Hexadecimal.encode(accounts.tags(.loginName, "ana")[0]) == login)
        #expect(accounts.tags(.loginName, "ana").count == 2)
        let form = try bytes("93945774420d6a482e21ed41526c37cf2fcad9b95adcf42001e569a33037b6c3")
        #expect(accounts.isTag(form, .pageForm, "ana") && !accounts.isTag(form, .loginName, "ana"))
    }

    @Test func `is a place in a list, sealed with the generation before`() throws {
        let sealed = try bytes("0000000000000000000000000a8dc826bafc296e3c4b399079b694adfcb1f1")
        #expect(try accounts.open(sealed, .cursor, tag: Array("owner".utf8)) == Array("[1]".utf8))
    }

    @Test func `is the key of a gate device`() throws {
        let credentials = try #require(devices.credentials(of: 7, version: 3))
        #expect(
            credentials.exposedLines
                == "id=7\nkv=3\nkey=83bcf93bcbc4ae7fef128750a7de58016caaba08e8b3c87a1f11fa5bc0d0bcce")
    }

    private func bytes(_ hexadecimal: String) throws -> [UInt8] { try #require(Hexadecimal.decode(hexadecimal)) }
}
