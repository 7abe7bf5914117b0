import Cryptography
import Testing

@Suite struct `A ring of keys` {
    private let old = MasterKey(generation: 1, secret: .random())
    private let new = MasterKey(generation: 2, secret: .random())
    private let message = Array("ana".utf8)

    @Test func `makes with the one in use, and knows what the others made`() throws {
        let before = KeyRing([old])
        let after = KeyRing([new, old])
        #expect(before.generation == 1 && after.generation == 2)
        #expect(after.tag(message) == new.secret.authenticationCode(for: message))
        #expect(after.tags(message) == [after.tag(message), before.tag(message)])
        #expect(after.isTag(before.tag(message), of: message) && after.isTag(after.tag(message), of: message))
        #expect(!before.isTag(after.tag(message), of: message) && !after.isTag(before.tag(message), of: [1]))
    }

    @Test func `opens by the generation that is stored, or by trying each`() throws {
        let sealed = try KeyRing([old]).seal("ana", tag: message)
        let ring = KeyRing([new, old])
        #expect(try ring.open(sealed, tag: message, generation: 1) == "ana")
        #expect(try ring.open(sealed, tag: message) == "ana")
        #expect(try ring.open(try ring.seal("ana", tag: message), tag: message, generation: 2) == "ana")
        for (generation, tag, error) in [
            (2, message, SealedCodeError.cannotOpen), (3, message, .noKey), (1, [1], .cannotOpen),
            (nil, [1], .cannotOpen),
        ] {
            #expect(throws: error) { try ring.open(sealed, tag: tag, generation: generation) }
        }
    }

    @Test func `derives a key of each generation for each purpose`() {
        let ring = KeyRing([new, old]).derive { "purpose/\($0)" }
        #expect(ring.generation == 2)
        #expect(
            ring.tags(message)
                == [new, old].map {
                    $0.secret.derive("purpose/\($0.generation)").authenticationCode(for: message)
                })
    }

    @Test func `without keys recognises, opens and makes nothing`() throws {
        let none = KeyRing([])
        #expect(none.generation == 0 && none.current == nil && none.tag(message).isEmpty && none.tags(message).isEmpty)
        // An empty tag is nobody's, not even its own.
        #expect(!none.isTag([], of: message))
        #expect(throws: SealedCodeError.noKey) { try none.seal("ana", tag: []) }
        #expect(throws: SealedCodeError.noKey) { try none.open(try KeyRing([old]).seal("ana", tag: []), tag: []) }
    }

    @Test func `prints no key`() {
        var dumped = ""
        dump(KeyRing([old]), to: &dumped)
        #expect(!"\(dumped)\(KeyRing([old]))".contains(old.secret.exposedHexadecimal()))
    }
}

@Suite struct `The keys of codes` {
    private let code: GateCode
    private let masters = [3, 2, 1].map { MasterKey(generation: $0, secret: .random()) }

    init() throws {
        code = try #require(GateCode(reading: "ABCDEFGHJKMNPQRSTUVWXYZ234"))
    }

    @Test func `are the generations of which there are both, in the order of those that find`() throws {
        let keys = CodeKeys(tagging: [masters[1], masters[0]], showing: [masters[0], masters[2], masters[1]])
        #expect(keys.generation == 2)
        #expect(keys.tags(code) == [masters[1], masters[0]].map { code.tag(with: $0.secret) })
        #expect(try keys.open(keys.seal(code), tag: keys.tag(code), generation: 2) == code.text)
        #expect(CodeKeys(tagging: [masters[1], masters[0]], showing: [masters[0]]).generation == 3)
    }

    @Test func `tell a pass's digits under any generation`() throws {
        let before = CodeKeys(tagging: [masters[1]], showing: [masters[1]])
        let after = CodeKeys(tagging: masters, showing: masters)
        let now: Int64 = 1_800_000_000
        for keys in [before, after] {
            let digits = try #require(keys.oneTimePassword(of: code)).generator.password(atStep: now / 30)
            #expect(after.matchedStep(of: code, digits: digits, now: now) == now / 30)
        }
    }

    @Test func `without one of both find no code, make none and open none`() throws {
        let full = CodeKeys(tagging: masters, showing: masters)
        let sealed = try full.seal(code)
        for none in [CodeKeys(tagging: masters, showing: []), CodeKeys(tagging: [], showing: masters)] {
            #expect(none.tags(code).isEmpty && none.tag(code).isEmpty && none.generation == 0)
            #expect(none.oneTimePassword(of: code) == nil)
            #expect(none.matchedStep(of: code, digits: "000000", now: 1_800_000_000) == nil)
            #expect(throws: SealedCodeError.noKey) { try none.seal(code) }
            #expect(throws: SealedCodeError.noKey) { try none.open(sealed, tag: full.tag(code), generation: 3) }
        }
    }
}
