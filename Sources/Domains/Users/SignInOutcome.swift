import Cryptography
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
    /// Its first tokens, which a session of pages has no use for.
    package let tokens: TokenPair
    /// What the device gets so that it is known the next time.
    package let cookie: Header
    /// Of whom it is.
    package let role: Role

    /// The columns session_id, generation, token_version, role.
    init(_ row: Row, of user: Int64, cookie: Header, _ context: Context) throws {
        role = Role(rawValue: try row.text(3))
        tokens = TokenPair(
            subject: TokenSubject(
                userID: user, sessionID: try row.integer(0), tokenVersion: Int(try row.integer(2)),
                role: role.rawValue),
            generation: Int(try row.integer(1)), issuedAt: context.now)
        self.cookie = cookie
    }

    /// The answer of the API: a pair of tokens.
    func answer(_ context: Context) -> Response { .json(tokens.json(context), headers: [cookie]) }
}
