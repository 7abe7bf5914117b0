package import Cryptography
import PostgreSQL
package import Web

/// How far a log-in has come.
package enum SignInOutcome {
    /// Everything asked for was right.
    case session(OpenedSession)
    /// The password was right and a code is still to come: the token to send along with it, good for five minutes and
    /// five codes. It opens nothing by itself.
    case challenge(String)
}

/// A session that has just begun.
package struct OpenedSession {
    /// Whom its tokens speak for.
    package let subject: TokenSubject
    /// Number of its refresh token.
    package let generation: Int
    /// What the device gets so that it is known the next time.
    package let cookie: Header

    /// The columns session_id, generation, token_version, role.
    init(_ row: Row, of user: Int64, cookie: Header) throws {
        subject = TokenSubject(
            userID: user, sessionID: try row.integer(0), tokenVersion: Int(try row.integer(2)), role: try row.text(3))
        generation = Int(try row.integer(1))
        self.cookie = cookie
    }

    /// The answer of the API: a pair of tokens.
    func answer(_ context: Context) -> Response {
        .json(
            TokenPair.json(for: subject, generation: generation, issuedAt: context.now, context), headers: [cookie])
    }
}
