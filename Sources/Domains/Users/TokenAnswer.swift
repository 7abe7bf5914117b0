import Cryptography
import OpenAPI
import Web

/// The answers of the token endpoints to a token they do not take.
enum TokenAnswer {
    /// The documentation of the refusals.
    static let refusal = Answer(
        401,
        Text("They are not good, or the account is not active.", es: "No son válidos, o la cuenta no está activa."),
        .error)

    static let invalid = refused(TokenError.invalid.text)

    /// - Parameter kind: the kind wanted; nil where either will do.
    /// - Throws: 401 with the legacy API's words and `token_not_valid`.
    static func verify(_ token: String, as kind: TokenKind?, _ context: Context) throws(HTTPError) -> TokenClaims {
        do {
            return try context.keys.tokens.verify(token, as: kind, now: context.now)
        } catch {
            throw refused(error.text)
        }
    }

    private static func refused(_ text: Text) -> HTTPError {
        .unauthenticated(.detail(text, code: "token_not_valid"))
    }
}
