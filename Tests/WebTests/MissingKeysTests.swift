import Cryptography
import Testing
import Web

@Suite("A pool that does not hold a kind of key")
struct MissingKeysTests {
    @Test func `knows no account's secret`() throws {
        let full = AccountKeys(KeyRing([MasterKey(generation: 1, secret: .random())]))
        let none = AccountKeys(KeyRing([]))
        #expect(none.tag(.pageSession, "x").isEmpty && none.tags(.pageSession, "x").isEmpty)
        // An empty tag is nobody's, not even its own.
        for tag in [[], full.tag(.pageForm, "x")] { #expect(!none.isTag(tag, .pageForm, "x")) }
        #expect(throws: SealedCodeError.noKey) { try none.seal([1], .search, tag: []) }
        let sealed = try full.seal([1], .search, tag: [])
        #expect(throws: SealedCodeError.noKey) { try none.open(sealed, .search, tag: []) }
    }

    @Test func `enrols no gate device`() {
        #expect(DeviceKeys(KeyRing([])).credentials(of: 1, version: 1) == nil)
    }
}
