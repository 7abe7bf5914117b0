import Cryptography
import JSON

/// Who is calling, by the token alone: its MAC and claims, no input or output.
///
/// Whether the account still exists and the session still lives is decided in the database, in the same transaction as
/// the work (`api.begin_request`).
enum Authentication {
    /// The account of a token.
    /// - Parameter now: seconds since 1970.
    /// - Throws: 401 in the legacy API's words.
    static func caller(
        _ request: Request, _ tokens: TokenCache, now: Int64
    ) throws(HTTPError) -> Caller {
        let token = try bearer(request)
        do {
            return Caller(try tokens.access(token, now: now).subject)
        } catch {
            throw invalid(error)
        }
    }

    /// The token behind `Bearer`; any other scheme is no credential at all, as in the legacy API.
    private static func bearer(_ request: Request) throws(HTTPError) -> String {
        guard let token = request.credentials("bearer") else {
            throw .unauthenticated(.detail(.notAuthenticated, code: nil))
        }
        guard !token.isEmpty, !token.contains(where: Request.isBlank) else {
            throw .unauthenticated(.detail(.badAuthorizationHeader, code: "bad_authorization_header"))
        }
        return String(decoding: token, as: UTF8.self)
    }

    private static func invalid(_ error: TokenError) -> HTTPError {
        if error == .noUser {
            return .unauthenticated(.detail(error.text, code: "token_not_valid"))
        }
        return .unauthenticated(
            .body { language in
                [
                    "detail": .string(Text.badToken(language)),
                    "code": "token_not_valid",
                    "messages": [
                        [
                            "token_class": "AccessToken", "token_type": "access",
                            "message": .string(error.text(language)),
                        ]
                    ],
                ]
            })
    }
}
