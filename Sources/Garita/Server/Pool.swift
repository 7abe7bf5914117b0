import ArgumentParser

/// The pools behind nginx, so that a flood of log-ins or a slow list never delays a gate.
enum Pool: String, ExpressibleByArgument, CaseIterable {
    /// The decision at the gate, nothing else.
    case gate
    /// Whatever hashes a password.
    case auth
    /// All else.
    case app
    /// Door terminals that call by themselves, over a listener of their own.
    case device

    /// The database role of its workers.
    var role: String { "garita_\(rawValue)" }

    /// The keys that its requests need, and the only ones its workers can read.
    var purposes: [KeyStore.Purpose] {
        switch self {
        // A one-time password of a pass follows from the key that shows codes.
        case .gate: [.master, .codeTag, .codeShow, .device]
        case .auth: [.master, .account, .factor]
        case .app: [.master, .codeTag, .codeShow, .device, .account, .outbox]
        // It reads codes like a gate, but takes no token.
        case .device: [.codeTag, .codeShow]
        }
    }

    /// How many workers there are unless a setting says otherwise.
    ///
    /// - Parameter processors: of the machine.
    func usualWorkers(processors: Int) -> Int {
        switch self {
        // They mostly wait for the database; sixteen on four processors measured best.
        case .gate: min(16, 4 * processors)
        // Hashing a password is pure computing: half the processors, so that a flood of log-ins leaves the rest to the
        // gates.
        case .auth: max(2, processors / 2)
        case .app: 2 * processors
        // Terminals ask every two seconds for very little; a second worker serves while one waits.
        case .device: 2
        }
    }

    /// How many requests may wait for each worker; whoever finds no room gets 503 at once.
    ///
    /// Four log-ins are a second or two of a worker; sixteen requests of the others less than one. A body that arrives
    /// slowly waits in nginx, and takes no room here.
    var placesPerWorker: Int { self == .auth ? 4 : 16 }

    /// Longest wait for the database; it lies between PostgreSQL's own limit (sql/roles.sql) and nginx's
    /// (`fastcgi_read_timeout` in nginx/snippets).
    var deadlineMilliseconds: Int {
        switch self {
        case .gate: 1_500
        case .auth, .app, .device: 4_000
        }
    }

    /// Largest body, in bytes; nginx refuses a larger one before.
    ///
    /// Only a form with files may be larger than a page of text, and only in the pool that takes files.
    func bodyLimit(contentType: String?) -> Int {
        let isMultipart = contentType?.lowercased().hasPrefix("multipart/") == true
        return switch self {
        case .gate: 1_024
        case .auth: 4_096
        case .app: isMultipart ? 6_291_456 : 16_384
        // The most that a terminal sends at once.
        case .device: 4_194_304
        }
    }
}
