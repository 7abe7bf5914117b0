import Cryptography
import Testing
import Web

@Suite("A pool that does not hold a kind of key")
struct MissingKeysTests {
    private let code: GateCode

    init() throws {
        code = try #require(GateCode(reading: "ABCDEFGHJKMNPQRSTUVWXYZ234"))
    }

    @Test func `finds no code, makes none and opens none`() throws {
        let full = CodeKeys(newest: .init(number: 1, tag: .random(), show: .random()))
        let sealed = try full.seal(code)
        let none = CodeKeys(newest: nil)
        #expect(none.tags(code).isEmpty && none.tag(code).isEmpty && none.generation == 0)
        #expect(none.oneTimePassword(of: code) == nil)
        #expect(none.matchedStep(of: code, digits: "000000", now: 1_800_000_000) == nil)
        #expect(throws: SealedCodeError.noKey) { try none.seal(code) }
        #expect(throws: HTTPError.self) { try none.open(sealed, tag: full.tag(code), generation: 1) }
    }

    @Test func `knows no account's secret`() throws {
        let full = AccountKeys(newest: .init(number: 1, secret: .random()))
        let none = AccountKeys(newest: nil)
        #expect(none.tag(.pageSession, "x").isEmpty && none.tags(.pageSession, "x").isEmpty)
        // An empty tag is nobody's, not even its own.
        for tag in [[], full.tag(.pageForm, "x")] { #expect(!none.isTag(tag, .pageForm, "x")) }
        #expect(throws: SealedCodeError.noKey) { try none.seal([1], .search, tag: []) }
        let sealed = try full.seal([1], .search, tag: [])
        #expect(throws: SealedCodeError.cannotOpen) { try none.open(sealed, .search, tag: []) }
    }

    @Test func `seals and opens no second factor`() throws {
        let secret = AuthenticatorSecret.random()
        let sealed = try FactorKeys(newest: .init(number: 1, secret: .random())).seal(secret, of: 1)
        let none = FactorKeys(newest: nil)
        #expect(none.generation == 0)
        #expect(throws: SealedCodeError.noKey) { try none.seal(secret, of: 1) }
        #expect(throws: HTTPError.self) { try none.open(sealed, of: 1, generation: 1) }
    }
}
