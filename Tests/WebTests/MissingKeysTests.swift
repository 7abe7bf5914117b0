import Cryptography
import Testing
import Web

@Suite("A pool that does not hold a kind of key")
struct MissingKeysTests {
    private let code: GateCode
    private let key = MasterKey(generation: 1, secret: .random())

    init() throws {
        code = try #require(GateCode(reading: "ABCDEFGHJKMNPQRSTUVWXYZ234"))
    }

    @Test func `finds no code, makes none and opens none`() throws {
        let full = CodeKeys(tagging: [key], showing: [key])
        let sealed = try full.seal(code)
        let none = CodeKeys(tagging: [key], showing: [])
        #expect(none.tags(code).isEmpty && none.tag(code).isEmpty && none.generation == 0)
        #expect(none.oneTimePassword(of: code) == nil)
        #expect(none.matchedStep(of: code, digits: "000000", now: 1_800_000_000) == nil)
        #expect(throws: SealedCodeError.noKey) { try none.seal(code) }
        #expect(throws: SealedCodeError.noKey) { try none.open(sealed, tag: full.tag(code), generation: 1) }
    }

    @Test func `knows no account's secret`() throws {
        let full = AccountKeys(KeyRing([key]))
        let none = AccountKeys(KeyRing([]))
        #expect(none.tag(.pageSession, "x").isEmpty && none.tags(.pageSession, "x").isEmpty)
        // An empty tag is nobody's, not even its own.
        for tag in [[], full.tag(.pageForm, "x")] { #expect(!none.isTag(tag, .pageForm, "x")) }
        #expect(throws: SealedCodeError.noKey) { try none.seal([1], .search, tag: []) }
        let sealed = try full.seal([1], .search, tag: [])
        #expect(throws: SealedCodeError.noKey) { try none.open(sealed, .search, tag: []) }
    }

    @Test func `seals and opens no second factor`() throws {
        let secret = AuthenticatorSecret.random()
        let sealed = try secret.sealed(for: 1, with: KeyRing([key]))
        let none = KeyRing([])
        #expect(none.generation == 0)
        #expect(throws: SealedCodeError.noKey) { try secret.sealed(for: 1, with: none) }
        #expect(throws: SealedCodeError.noKey) {
            try AuthenticatorSecret(opening: sealed, of: 1, generation: 1, with: none)
        }
    }

    @Test func `enrols no gate device`() {
        #expect(DeviceKeys(KeyRing([])).credentials(of: 1, version: 1) == nil)
    }
}
