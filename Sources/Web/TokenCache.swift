import Cryptography

/// Tokens whose signature this worker has checked before: a guard sends the same one all evening.
///
/// Only what never changes is remembered, that the signature is ours; the life of a token is checked each time, and
/// whether account and session still live, in the database.
final class TokenCache {
    /// Enough for every guard and device clerk of a large site; beyond it the memory starts anew.
    private static let capacity = 256

    private let tokens: Tokens
    private var known: [String: TokenClaims] = [:]

    init(_ tokens: Tokens) {
        self.tokens = tokens
    }

    /// The claims of a good access token.
    ///
    /// - Parameter now: seconds since 1970.
    func access(_ token: String, now: Int64) throws(TokenError) -> TokenClaims {
        if let claims = known[token], now < claims.expiresAt { return claims }
        let claims = try tokens.verify(token, as: .access, now: now)
        if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
        known[token] = claims
        return claims
    }
}
