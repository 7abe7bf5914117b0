import ArgumentParser

/// The three pools behind nginx, so that a flood of log-ins or a slow list never delays a gate.
enum Pool: String, ExpressibleByArgument, CaseIterable {
    /// The decision at the gate, nothing else.
    case gate
    /// Whatever hashes a password.
    case auth
    /// All else.
    case app

    /// The database role of its workers.
    var role: String { "garita_\(rawValue)" }

    /// Longest wait for the database; it lies between PostgreSQL's own limit and nginx's
    /// (sql/roles.sql, nginx/snippets/locations.conf).
    var deadlineMilliseconds: Int {
        switch self {
        case .gate: 1_500
        case .auth, .app: 4_000
        }
    }

    /// Largest body, in bytes; nginx refuses a larger one before.
    var bodyLimit: Int {
        switch self {
        case .gate: 1_024
        case .auth: 4_096
        case .app: 16_384
        }
    }
}
