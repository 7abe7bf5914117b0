package import Cryptography
import JSON
import OpenAPI
import Web

/// The two tokens of one generation of a session.
package struct TokenPair {
    /// Whom they speak for.
    package let subject: TokenSubject
    /// Number of the refresh token.
    package let generation: Int
    /// Seconds since 1970 at which this generation began: a retried rotation rebuilds the same refresh token from it.
    package let issuedAt: Int64

    static let schema = Schema.named(
        "TokenPair",
        .object(
            Property("access", .string, Text("Goes into `Authorization`.", es: "Va en `Authorization`.")),
            Property("refresh", .string, Text("Gets the next pair.", es: "Obtiene el siguiente par."))))

    /// `{refresh, access}`, in the legacy API's order.
    func json(_ context: Context) -> JSON {
        let tokens = context.keys.tokens
        return [
            "refresh": .string(tokens.refresh(for: subject, generation: generation, issuedAt: issuedAt)),
            "access": .string(tokens.access(for: subject, now: context.now)),
        ]
    }

    /// The same in the order in which the legacy API answers a refresh.
    func renewedJSON(_ context: Context) -> JSON { .object((json(context).members ?? []).reversed()) }
}
