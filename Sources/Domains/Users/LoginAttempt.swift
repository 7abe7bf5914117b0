import Cryptography
import JSON
import PostgreSQL
package import Web

/// One try to log in, as the database counts it.
package struct LoginAttempt {
    private let username: String
    private let device: KnownDevice
    private let nameTag: [UInt8]
    private let deviceTag: [UInt8]

    package init(username: String, _ context: Context) {
        let keys = context.keys.accounts
        let username = username.plain
        self.username = username
        device = KnownDevice(context.request, username: username, keys)
        nameTag = keys.tag(.loginName, username)
        deviceTag = device.tag
    }

    /// What the password is compared with; all empty for a name that nobody has.
    struct Account {
        let user: Int64?
        let hash: PasswordHash?
        let isActive: Bool

        /// Whether password and account are good; a name that nobody has costs as much as a wrong password, and so does
        /// a stored hash with fewer rounds than today's.
        func accepts(_ password: String) -> Bool {
            let matches = (hash ?? .dummy).matches(password)
            if !matches, let hash { hash.spendRest(on: password) }
            return matches && isActive
        }
    }

    /// Counts the try.
    /// - Throws: 429 while the account has to wait; then nothing is counted and no password looked at.
    func begin(_ context: Context) throws -> Account {
        let row = try context.database.run(
            Statement(
                "select wait_seconds, user_id, password_hash, is_active from api.begin_login($1, $2, $3)",
                name: "begin_login", parameters: [.text(username), .bytes(nameTag), .bytes(deviceTag)])
        ).single()
        let wait = try row.integer(0)
        guard wait == 0 else { throw HTTPError.throttled(seconds: wait) }
        guard !row.isNull(1) else { return Account(user: nil, hash: nil, isActive: false) }
        return Account(
            user: try row.integer(1), hash: try? PasswordHash(try row.text(2)), isActive: try row.bool(3))
    }

    /// The account whose password it is.
    ///
    /// - Throws: 401 in one and the same way for an unknown name, a wrong password and a disabled account; 429 while the
    ///   account has to wait.
    package func prove(_ password: String, _ context: Context) throws -> Int64 {
        let account = try begin(context)
        // In this order: a name that nobody has must cost a password as well.
        guard account.accepts(password), let user = account.user else {
            try refuse(account.user, context)
            throw Self.refused
        }
        if let old = account.hash, old.needsUpgrade { try upgrade(old, password, of: user, context) }
        return user
    }

    /// A password hashed with fewer rounds than today's, such as one brought over, is hashed anew while it is at hand.
    private func upgrade(_ old: PasswordHash, _ password: String, of user: Int64, _ context: Context) throws {
        let new = try PasswordHash.make(password)
        _ = try context.database.run(
            Statement(
                "select api.upgrade_password($1, $2, $3)", name: "upgrade_password",
                parameters: [.integer(user), .text(old.stored), .text(new.stored)]))
    }

    private static let refused = HTTPError.unauthenticated(
        .detail(
            Text(
                "No active account found with the given credentials",
                es: "No se encontró una cuenta activa con esas credenciales"),
            code: nil))

    /// Writes the failure down; every kind of failure does, so that all take the same time.
    func refuse(_ user: Int64?, _ context: Context) throws {
        _ = try context.database.run(
            Statement(
                "select api.refuse_login($1, $2, $3)", name: "refuse_login",
                parameters: [
                    user.map { .integer($0) } ?? .null, .text(context.request.id), .text(context.request.address),
                ]))
    }

    /// Forgets the tries before.
    func takeBack(_ context: Context) throws {
        _ = try context.database.run(
            Statement(
                "select api.release_login_attempt($1, $2, true)", name: "release_login_attempt",
                parameters: [.bytes(nameTag), .bytes(deviceTag)]))
    }

    /// What the device gets so that it is known the next time.
    package func cookie(_ context: Context) -> Header {
        device.cookie(username: username, context.keys.accounts)
    }

    /// What the password alone opens: a session, or where a second factor is still to come the token that stands for
    /// this half of the log-in.
    ///
    /// - Parameter pageTag: the tag of the cookie, for a session of pages.
    package func openSession(of user: Int64, pageTag: [UInt8]? = nil, _ context: Context) throws -> SignInOutcome {
        let challenge = Base64URL.encode(RandomBytes.make(count: 32))
        let rows = try context.database.run(
            Statement(
                "select session_id, generation, token_version, role"
                    + " from api.open_session($1, $2, $3, $4, $5, $6, $7, $8)",
                name: "open_session",
                parameters: [
                    .integer(user), .bytes(nameTag), .bytes(deviceTag),
                    .bytes(context.keys.accounts.tag(.loginChallenge, challenge)), .text(context.request.id),
                    .text(context.request.address), .text(context.request.parameters["HTTP_USER_AGENT"] ?? ""),
                    pageTag.map { .bytes($0) } ?? .null,
                ]))
        guard rows.count == 1 else { return .challenge(challenge) }
        return .session(try OpenedSession(rows[0], of: user, cookie: cookie(context), context))
    }
}
