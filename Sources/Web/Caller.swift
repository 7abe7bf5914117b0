package import Cryptography
import PostgreSQL

/// Who sends a request, as the token says; the database checks every word of it in the same transaction as the work.
package struct Caller: Sendable, Equatable {
    /// The account's row.
    package let userID: Int64
    /// Raised whenever older tokens must stop counting: account disabled, role changed, new password.
    package let tokenVersion: Int64
    /// The row of the session that the token belongs to.
    package let sessionID: Int64
    /// What the account could do when the token was made.
    package let role: Role

    /// Claims that were read elsewhere, such as from the cookie of a page session.
    package init(userID: Int64, tokenVersion: Int64, sessionID: Int64, role: Role) {
        self.userID = userID
        self.tokenVersion = tokenVersion
        self.sessionID = sessionID
        self.role = role
    }

    /// The claims of a token.
    package init(_ subject: TokenSubject) {
        userID = subject.userID
        tokenVersion = Int64(subject.tokenVersion)
        sessionID = subject.sessionID
        role = Role(rawValue: subject.role)
    }

    /// Fails with `GA401` unless the database still knows the caller so.
    var requirement: Statement {
        Statement(
            "select api.require_caller($1, $2, $3, $4)", name: "require_caller",
            parameters: [.integer(userID), .integer(tokenVersion), .integer(sessionID), .text(role.rawValue)])
    }
}

/// The name of a role, as tokens and the database spell it; which roles there are, the rooms above say.
package struct Role: RawRepresentable, Hashable, Sendable {
    /// `ADMIN`.
    package let rawValue: String

    /// A role of that name, whether or not an account has it.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// The `for:` column of a route: who may call it.
///
/// There is no default; a route without one does not compile.
package enum Access: Sendable, Equatable {
    /// No token needed.
    case anyone
    /// Any signed-in account.
    case signedIn
    /// Only these roles.
    case roles(Set<Role>)
    /// These roles, and devices that sign their requests.
    case rolesAndDevices(Set<Role>)

    /// Whether the role may call it.
    package func admits(_ role: Role) -> Bool {
        switch self {
        case .anyone, .signedIn: true
        case .roles(let roles), .rolesAndDevices(let roles): roles.contains(role)
        }
    }

    /// Whether a device may call it.
    package var admitsDevices: Bool {
        if case .rolesAndDevices = self { true } else { false }
    }
}
