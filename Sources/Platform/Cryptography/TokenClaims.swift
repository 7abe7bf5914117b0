/// Whom a token authenticates.
///
/// The database compares session, version and role with its rows at each request.
package struct TokenSubject: Equatable, Sendable {
    /// Row id of the user.
    package let userID: Int64

    /// Row id of the session, which is also the family of refresh tokens.
    package let sessionID: Int64

    /// Version of the user's tokens: a new password, role or state increases it, and older tokens are refused.
    package let tokenVersion: Int

    /// The role at log-in; the row's role decides.
    package let role: String

    /// - Parameter tokenVersion: as the user's row has it.
    package init(userID: Int64, sessionID: Int64, tokenVersion: Int, role: String) {
        self.userID = userID
        self.sessionID = sessionID
        self.tokenVersion = tokenVersion
        self.role = role
    }
}

/// What a token of ours says.
///
/// Times are whole seconds since 1970 (UTC).
package struct TokenClaims: Equatable, Sendable {
    /// Access or refresh.
    package let kind: TokenKind

    /// Whom it authenticates.
    package let subject: TokenSubject

    /// 32 hexadecimal digits: random for an access token, computed from session and generation for a refresh token.
    package let id: String

    /// When it was issued.
    package let issuedAt: Int64

    /// The first second in which it is no longer good.
    package let expiresAt: Int64

    /// Place of a refresh token in its family, counted up at each rotation; nil for an access token.
    package let generation: Int?
}
