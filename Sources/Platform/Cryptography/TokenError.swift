/// Why a token is refused, in the legacy API's distinctions and words (SimpleJWT 5.5).
package enum TokenError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Not ours: format, signature, or a claim that makes no sense.
    case invalid
    /// Ours once, but its time is over.
    case expired
    /// A refresh token where an access token belongs, or the reverse.
    case wrongType
    /// No `token_type`.
    case noType
    /// No `jti`.
    case noID
    /// No `exp`.
    case noExpiry
    /// No `user_id`.
    case noUser

    /// The text the legacy API's clients know; safe to show.
    package var description: String {
        switch self {
        case .invalid: "Token is invalid"
        case .expired: "Token is expired"
        case .wrongType: "Token has wrong type"
        case .noType: "Token has no type"
        case .noID: "Token has no id"
        case .noExpiry: "Token has no 'exp' claim"
        case .noUser: "Token contained no recognizable user identification"
        }
    }
}
