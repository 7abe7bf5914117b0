import JSON

extension TokenClaims {
    private static let realm = "garita"

    /// The clocks of several machines may disagree by this much about "now".
    private static let clockSkewSeconds: Int64 = 5

    /// The claims as the payload of a token, the legacy API's names first; the same claims give the same bytes.
    func payload() -> [UInt8] {
        var members: [JSON.Member] = [
            .init(name: "token_type", value: .string(kind.rawValue)),
            .init(name: "exp", value: .integer(expiresAt)),
            .init(name: "iat", value: .integer(issuedAt)),
            .init(name: "jti", value: .string(id)),
            .init(name: "user_id", value: .string(String(subject.userID))),
            .init(name: "iss", value: .string(Self.realm)),
            .init(name: "aud", value: .string(Self.realm)),
            .init(name: "tv", value: JSON(subject.tokenVersion)),
            .init(name: "sid", value: .integer(subject.sessionID)),
            .init(name: "role", value: .string(subject.role)),
        ]
        if let generation { members.append(.init(name: "n", value: JSON(generation))) }
        return JSON.object(members).serialized()
    }

    /// Reads the payload of a token whose signature was checked.
    ///
    /// The order of the checks is the legacy API's, because
    /// its clients see the first that fails.
    init(payload: [UInt8], signedFor kind: TokenKind, now: Int64) throws(TokenError) {
        let claims = try ClaimReader(payload)
        let (issuedAt, expiresAt) = try Self.checkTimes(claims, now: now)
        let id = try claims.identifier()
        guard let type = claims["token_type"] else { throw .noType }
        guard type == .string(kind.rawValue) else { throw .wrongType }
        guard claims["iss"] == .string(Self.realm), claims["aud"] == .string(Self.realm) else { throw .invalid }
        let subject = try claims.subject()
        let generation = kind == .refresh ? try claims.count("n") : nil
        self.init(
            kind: kind, subject: subject, id: id, issuedAt: issuedAt, expiresAt: expiresAt, generation: generation)
    }

    private static func checkTimes(_ claims: ClaimReader, now: Int64) throws(TokenError) -> (Int64, Int64) {
        guard claims["exp"] != nil else { throw .noExpiry }
        let expiresAt = try claims.integer("exp")
        let issuedAt = try claims.integer("iat")
        let notBefore = claims["nbf"] == nil ? issuedAt : try claims.integer("nbf")
        guard max(issuedAt, notBefore) <= now + clockSkewSeconds else { throw .invalid }
        guard now < expiresAt else { throw .expired }
        return (issuedAt, expiresAt)
    }
}

/// Typed views of a payload: a claim of the wrong kind makes the token invalid, it never traps.
private struct ClaimReader {
    private let claims: JSON

    init(_ payload: [UInt8]) throws(TokenError) {
        do throws(JSONError) {
            claims = try JSON(parsing: payload, maximumBytes: Tokens.maximumBytes, maximumDepth: 2)
        } catch { throw .invalid }
        guard claims.members != nil else { throw .invalid }
    }

    subscript(_ name: String) -> JSON? { claims[name] }

    func integer(_ name: String) throws(TokenError) -> Int64 {
        guard let value = claims[name]?.integerValue else { throw .invalid }
        return value
    }

    /// A number that counts something: 32 bits, as in the database, and not negative.
    func count(_ name: String) throws(TokenError) -> Int {
        guard let value = Int32(exactly: try integer(name)), value >= 0 else { throw .invalid }
        return Int(value)
    }

    func identifier() throws(TokenError) -> String {
        guard let value = claims["jti"] else { throw .noID }
        guard let text = value.stringValue, text.utf8.count == 32, Hexadecimal.decode(text) != nil else {
            throw .invalid
        }
        return text
    }

    func subject() throws(TokenError) -> TokenSubject {
        guard let role = claims["role"]?.stringValue, (1...32).contains(role.utf8.count) else { throw .invalid }
        let sessionID = try integer("sid")
        guard sessionID > 0 else { throw .invalid }
        return TokenSubject(userID: try userID(), sessionID: sessionID, tokenVersion: try count("tv"), role: role)
    }

    /// The legacy API writes the id as a text and accepts a number as well.
    private func userID() throws(TokenError) -> Int64 {
        guard let value = claims["user_id"] else { throw .noUser }
        if let number = value.integerValue, number > 0 { return number }
        guard let text = value.stringValue, let number = Int64(text), number > 0, String(number) == text else {
            throw .invalid
        }
        return number
    }
}
