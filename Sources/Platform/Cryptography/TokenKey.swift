import Crypto

/// What a token is good for.
package enum TokenKind: String, CaseIterable, Sendable {
    /// Signs each request of an hour.
    case access
    /// Is exchanged for the next pair, once.
    case refresh
}

/// The key of one kind of token and one generation, and the only header that goes with it.
///
/// Nothing of a header is ever parsed: ours is constant for each key, so a token's first segment either equals one of
/// the few we wrote or the token is not ours. That leaves no room for `alg: none`, `crit`, `jku` or a forged `kid`.
struct TokenKey: Sendable {
    let kind: TokenKind

    /// `base64url({"alg":"HS256","typ":"JWT","kid":"a1"})`.
    let header: String

    private let secret: Secret

    init(kind: TokenKind, master: MasterKey) {
        let letter = kind == .access ? "a" : "r"
        self.kind = kind
        header = Base64URL.encode(#"{"alg":"HS256","typ":"JWT","kid":"\#(letter)\#(master.generation)"}"#.utf8)
        secret = master.secret.derive("jwt-\(kind.rawValue)/\(master.generation)")
    }

    /// The compact form (RFC 7515 section 7.1) of `payload`.
    func sign(_ payload: [UInt8]) -> String {
        let message = "\(header).\(Base64URL.encode(payload))"
        return "\(message).\(Base64URL.encode(secret.authenticationCode(for: Array(message.utf8))))"
    }

    /// Whether `code` signs `message` (header, dot, payload); takes the same time wherever they differ.
    func signs(_ message: some Sequence<UInt8>, with code: [UInt8]) -> Bool {
        code.count == SHA256.byteCount && secret.isAuthenticationCode(code, for: Array(message))
    }
}
