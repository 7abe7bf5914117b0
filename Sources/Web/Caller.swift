package import Cryptography
import PostgreSQL

/// Who sends a request, as the token says; the database checks every word of it in the same transaction as the work.
package struct Caller: Sendable, Equatable {
    package let userID: Int64
    /// Rises whenever older tokens must die: disabled, role changed, new password.
    package let tokenVersion: Int64
    package let sessionID: Int64
    package let role: Role

    package init(userID: Int64, tokenVersion: Int64, sessionID: Int64, role: Role) {
        self.userID = userID
        self.tokenVersion = tokenVersion
        self.sessionID = sessionID
        self.role = role
    }

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

/// The name of a role; the residence's own roles stand in `Vocabulary`.
package struct Role: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }
}

extension Role {
    /// Whose rights a gate device has on rows; the statement that reads adds which row is its own.
    static let ofDevices = Role(rawValue: "GUARD")
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
    /// These roles, and the gates' own devices.
    case rolesAndDevices(Set<Role>)

    /// Whether the role may call it.
    package func admits(_ role: Role) -> Bool {
        switch self {
        case .anyone, .signedIn: true
        case .roles(let roles), .rolesAndDevices(let roles): roles.contains(role)
        }
    }

    /// Whether a gate device may call it.
    package var admitsDevices: Bool {
        if case .rolesAndDevices = self { true } else { false }
    }
}
