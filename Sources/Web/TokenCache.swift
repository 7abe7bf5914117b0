import Cryptography

/// Tokens whose signature this worker has verified before: a client sends the same token until it expires.
///
/// Only the signature is cached, because it never changes; the expiry is checked each time, and whether account and
/// session are still good, in the database.
final class TokenCache {
    /// More than a worker sees within the life of a token; when it is full, it is emptied.
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
