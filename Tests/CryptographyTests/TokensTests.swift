import Cryptography
import JSON
import Testing

let issuedAt: Int64 = 1_800_000_000
let guardOnDuty = TokenSubject(userID: 7, sessionID: 42, tokenVersion: 2, role: "GUARD")

/// Tokens signed with the first generation of the known key.
func knownTokens() throws -> Tokens { Tokens(signingWith: MasterKey(generation: 1, secret: try knownSecret())) }

@Suite struct `A token` {
    @Test func `of access says who, which session, and for an hour`() throws {
        let tokens = try knownTokens()
        let claims = try tokens.verify(tokens.access(for: guardOnDuty, now: issuedAt), as: .access, now: issuedAt)
        #expect(claims.kind == .access)
        #expect(claims.subject == guardOnDuty)
        #expect(claims.issuedAt == issuedAt)
        #expect(claims.expiresAt == issuedAt + 3_600)
        #expect(claims.id.count == 32)
        #expect(claims.generation == nil)
    }

    @Test func `reads as the legacy API's, plus our claims`() throws {
        let parts = try knownTokens().access(for: guardOnDuty, now: issuedAt).split(separator: ".")
        let header = try #require(Base64URL.decode(parts[0]))
        #expect(String(decoding: header, as: UTF8.self) == #"{"alg":"HS256","typ":"JWT","kid":"a1"}"#)
        let payload = try JSON(parsing: #require(Base64URL.decode(parts[1])))
        #expect(
            payload.members?.map(\.name)
                == ["token_type", "exp", "iat", "jti", "user_id", "iss", "aud", "tv", "sid", "role"])
        #expect(payload["user_id"] == "7")
    }

    @Test func `of refresh is the one another program computes, byte for byte`() throws {
        // Made with Python's hmac and json from the same key and claims.
        let expected =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InIxIn0.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCIsImV4cCI6MTgwMDYwNDgwMCwi"
            + "aWF0IjoxODAwMDAwMDAwLCJqdGkiOiI0OTcwMGQ2YTAzNmFhYTRmMmJiZDFiNjIzZDBhNjIxNiIsInVzZXJfaWQiOiI3IiwiaXNzIjoiZ2Fy"
            + "aXRhIiwiYXVkIjoiZ2FyaXRhIiwidHYiOjIsInNpZCI6NDIsInJvbGUiOiJHVUFSRCIsIm4iOjN9"
            + ".uegXNowdLVQ409s1M947sL1yayFNqo95d2VtM6DtECk"
        let token = try knownTokens().refresh(for: guardOnDuty, generation: 3, issuedAt: issuedAt)
        #expect(token == expected)
        let claims = try knownTokens().verify(token, as: .refresh, now: issuedAt)
        #expect(claims.generation == 3 && claims.id == "49700d6a036aaa4f2bbd1b623d0a6216")
        #expect(claims.expiresAt == issuedAt + 7 * 86_400)
    }

    @Test func `of refresh differs by session and generation, and can end with its session`() throws {
        let tokens = try knownTokens()
        let other = TokenSubject(userID: 7, sessionID: 43, tokenVersion: 2, role: "GUARD")
        let ids = try [(guardOnDuty, 1), (guardOnDuty, 2), (other, 1)].map { subject, generation in
            try tokens.verify(
                tokens.refresh(for: subject, generation: generation, issuedAt: issuedAt), as: .refresh, now: issuedAt
            ).id
        }
        #expect(Set(ids).count == 3)
        let short = tokens.refresh(for: guardOnDuty, generation: 1, issuedAt: issuedAt, expiresAt: issuedAt + 10)
        #expect(try tokens.verify(short, as: nil, now: issuedAt + 9).expiresAt == issuedAt + 10)
        #expect(throws: TokenError.expired) { try tokens.verify(short, as: nil, now: issuedAt + 10) }
    }

    @Test func `of access has a new id each time`() throws {
        let tokens = try knownTokens()
        #expect(tokens.access(for: guardOnDuty, now: issuedAt) != tokens.access(for: guardOnDuty, now: issuedAt))
    }

    @Test func `ends with the second it names`() throws {
        let tokens = try knownTokens()
        let token = tokens.access(for: guardOnDuty, now: issuedAt)
        #expect(throws: Never.self) { try tokens.verify(token, as: .access, now: issuedAt + 3_599) }
        #expect(throws: TokenError.expired) { try tokens.verify(token, as: .access, now: issuedAt + 3_600) }
    }

    @Test func `from a clock five seconds ahead is good, six is not`() throws {
        let tokens = try knownTokens()
        let token = tokens.access(for: guardOnDuty, now: issuedAt)
        #expect(throws: Never.self) { try tokens.verify(token, as: .access, now: issuedAt - 5) }
        #expect(throws: TokenError.invalid) { try tokens.verify(token, as: .access, now: issuedAt - 6) }
    }

    @Test func `of one kind is not good for the other, and either is good where any is asked`() throws {
        let tokens = try knownTokens()
        let access = tokens.access(for: guardOnDuty, now: issuedAt)
        let refresh = tokens.refresh(for: guardOnDuty, generation: 0, issuedAt: issuedAt)
        #expect(throws: TokenError.wrongType) { try tokens.verify(access, as: .refresh, now: issuedAt) }
        #expect(throws: TokenError.wrongType) { try tokens.verify(refresh, as: .access, now: issuedAt) }
        #expect(try tokens.verify(access, as: nil, now: issuedAt).kind == .access)
        #expect(try tokens.verify(refresh, as: nil, now: issuedAt).kind == .refresh)
        #expect(throws: TokenError.expired) { try tokens.verify(access, as: .refresh, now: issuedAt + 4_000) }
    }

    @Test func `is 500 bytes at most`() throws {
        let subject = TokenSubject(userID: .max, sessionID: .max, tokenVersion: Int(Int32.max), role: "RESIDENT")
        let token = try knownTokens().refresh(for: subject, generation: Int(Int32.max), issuedAt: issuedAt)
        #expect(token.utf8.count < 500)
        #expect(try knownTokens().verify(token, as: .refresh, now: issuedAt).subject == subject)
    }

    @Test func `survives the rotation of keys until the old key is dropped`() throws {
        let old = MasterKey(generation: 1, secret: try knownSecret())
        let new = MasterKey(generation: 2, secret: .random())
        let token = Tokens(signingWith: old).access(for: guardOnDuty, now: issuedAt)
        let fresh = Tokens(signingWith: new, accepting: [old]).access(for: guardOnDuty, now: issuedAt)
        let change = Tokens(signingWith: new, accepting: [old])
        #expect(throws: Never.self) { try change.verify(token, as: .access, now: issuedAt) }
        #expect(throws: Never.self) { try change.verify(fresh, as: .access, now: issuedAt) }
        let announced = Tokens(signingWith: old, accepting: [new])
        #expect(throws: Never.self) { try announced.verify(fresh, as: .access, now: issuedAt) }
        #expect(throws: TokenError.invalid) { try Tokens(signingWith: new).verify(token, as: .access, now: issuedAt) }
        #expect(throws: TokenError.invalid) { try Tokens(signingWith: old).verify(fresh, as: .access, now: issuedAt) }
        let impostor = MasterKey(generation: 1, secret: .random())
        #expect(throws: TokenError.invalid) {
            try Tokens(signingWith: impostor).verify(token, as: .access, now: issuedAt)
        }
    }
}
