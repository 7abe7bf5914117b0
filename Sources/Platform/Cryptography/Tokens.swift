/// Signs and checks the tokens of the API (JWT, HS256 only) without any input or output.
///
/// The keys are a fixed list in memory. To rotate: accept the new one everywhere, then sign with it, then drop the old
/// one when its last token has expired.
package struct Tokens: Sendable {
    /// A longer token is refused unread; ours have less than 500 bytes.
    package static let maximumBytes = 2_048

    /// How long an access token is good.
    package static let accessLifetimeSeconds: Int64 = 3_600

    /// How long a refresh token waits for its use.
    package static let refreshLifetimeSeconds: Int64 = 7 * 86_400

    private let accessKey: TokenKey
    private let refreshKey: TokenKey
    private let refreshIDs: Secret
    private let accepted: [TokenKey]

    /// - Parameters:
    ///   - master: the key that signs.
    ///   - others: keys whose tokens are good too: the one before, or the one to come.
    package init(signingWith master: MasterKey, accepting others: [MasterKey] = []) {
        accessKey = TokenKey(kind: .access, master: master)
        refreshKey = TokenKey(kind: .refresh, master: master)
        refreshIDs = master.secret.derive("jwt-refresh-id/\(master.generation)")
        accepted = ([master] + others).flatMap { master in
            TokenKind.allCases.map { TokenKey(kind: $0, master: master) }
        }
    }

    /// A fresh access token.
    ///
    /// - Parameter now: seconds since 1970.
    package func access(for subject: TokenSubject, now: Int64) -> String {
        let claims = TokenClaims(
            kind: .access, subject: subject, id: Hexadecimal.encode(RandomBytes.make(count: 16)), issuedAt: now,
            expiresAt: now + Tokens.accessLifetimeSeconds, generation: nil)
        return accessKey.sign(claims.payload())
    }

    /// The refresh token of one generation of a session.
    ///
    /// The same arguments give the same bytes, so that a lost answer
    /// can be repeated without storing the token: its id is HMAC(key, "session|generation").
    ///
    /// - Parameters:
    ///   - issuedAt: when the session's row reached this generation, in seconds since 1970.
    ///   - expiresAt: earlier than the usual lifetime when the session ends before; nil for the usual one.
    package func refresh(
        for subject: TokenSubject, generation: Int, issuedAt: Int64, expiresAt: Int64? = nil
    ) -> String {
        let id = refreshIDs.authenticationCode(for: Array("\(subject.sessionID)|\(generation)".utf8)).prefix(16)
        let claims = TokenClaims(
            kind: .refresh, subject: subject, id: Hexadecimal.encode(id), issuedAt: issuedAt,
            expiresAt: expiresAt ?? issuedAt + Tokens.refreshLifetimeSeconds, generation: generation)
        return refreshKey.sign(claims.payload())
    }

    /// What the token says, when it is one of ours and still good.
    ///
    /// - Parameters:
    ///   - kind: the kind that is wanted here; nil where either will do.
    ///   - now: seconds since 1970.
    package func verify(_ token: String, as kind: TokenKind?, now: Int64) throws(TokenError) -> TokenClaims {
        let (key, payload) = try open(token)
        let claims = try TokenClaims(payload: payload, signedFor: key.kind, now: now)
        guard kind == nil || kind == claims.kind else { throw .wrongType }
        return claims
    }

    /// Finds the key by the header and checks the signature; only then the payload is worth decoding.
    private func open(_ token: String) throws(TokenError) -> (TokenKey, payload: [UInt8]) {
        let text = token.utf8
        guard text.count <= Tokens.maximumBytes else { throw .invalid }
        let segments = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard segments.count == 3,
            let key = accepted.first(where: { $0.header.utf8.elementsEqual(segments[0]) }),
            let code = Base64URL.decode(utf8: segments[2]),
            key.signs(text[..<segments[1].endIndex], with: code),
            let payload = Base64URL.decode(utf8: segments[1])
        else { throw .invalid }
        return (key, payload)
    }
}
