import Cryptography
package import Images
package import PostgreSQL

/// What a handler works with: the database, the keys, the photos, the request it answers, and who sent it.
package struct Context {
    /// This worker's one connection; ``run(_:)`` is the way to it as the caller.
    package let database: Database
    /// The keys of this worker's pool.
    package let keys: Keys
    /// Where pictures are stored.
    package let photos: PhotoFolder
    /// What is answered.
    package let request: Request
    /// The account that sent it; nil on routes for anyone, and for devices.
    package let caller: Caller?
    /// The device that signed the request; nil for accounts.
    package let device: SigningDevice?
    /// Seconds since 1970.
    package let now: Int64
    /// Inside ``transaction(_:)``, where the caller has been checked already.
    private var transaction: OpenTransaction?
    /// What the kind of client knows of this request.
    package let scope: any RequestScope
    private let tally: Tally

    init(
        database: Database, keys: Keys, photos: PhotoFolder, request: Request, identity: Identity, now: Int64,
        scope: any RequestScope, tally: Tally
    ) {
        self.database = database
        self.keys = keys
        self.photos = photos
        self.request = request
        caller = identity.caller
        device = identity.device
        self.now = now
        self.scope = scope
        self.tally = tally
    }

    /// Has something counted by its name once it is committed; whoever watches over the service reads the numbers.
    package func count(_ name: String) {
        onceCommitted { [tally] in tally.names.append(name) }
    }

    /// Runs statements as the caller: one transaction, one round trip, under the caller's row-level security.
    ///
    /// The first statement of the pipeline checks the caller against the database and takes the caller's role; the
    /// results returned are those of the statements given.
    /// - Throws: `DatabaseError`; 401 arrives as `GA401`.
    package func run(_ statements: [Statement]) throws -> [Rows] {
        if transaction != nil { return try database.run(statements) }
        return Array(try database.run([try beginRequest()] + statements).dropFirst())
    }

    /// Runs a statement whose effect must also outlive a rollback of the open transaction: it is then run once more.
    package func runForGood(_ statement: Statement) throws -> Rows {
        transaction?.forGood.append(statement)
        return try run([statement])[0]
    }

    /// Several round trips as one transaction of the caller.
    /// - Throws: what the work throws, after the rollback; `DatabaseError`.
    package func transaction<Value>(_ work: (Context) throws -> Value) throws -> Value {
        if transaction != nil { return try work(self) }
        let transaction = OpenTransaction()
        let value: Value
        do {
            value = try database.transaction {
                _ = try database.run([try beginRequest()])
                var inside = self
                inside.transaction = transaction
                return try work(inside)
            }
        } catch {
            if !transaction.forGood.isEmpty { _ = try? run(transaction.forGood) }
            throw error
        }
        for work in transaction.afterwards { work() }
        return value
    }

    /// Inside a transaction: tries each group of statements by itself, all in one round trip.
    ///
    /// - Returns: For each group its rows, or why the database refused its values.
    package func attempt(_ groups: [[Statement]]) throws -> [Result<[Rows], SQLError>] {
        try database.attempt(groups)
    }

    /// Does what must not happen before the rows are committed: at once, or after the open transaction's commit.
    package func onceCommitted(_ work: @escaping () -> Void) {
        if let transaction { transaction.afterwards.append(work) } else { work() }
    }

    /// The caller of a route that needs one.
    /// - Throws: 401, were such a route ever reached without one.
    package func requireCaller() throws(HTTPError) -> Caller {
        guard let caller else { throw .unauthenticated(.detail(.notAuthenticated, code: nil)) }
        return caller
    }

    /// Whose columns the answer shows: those of the caller's role, or of the role a device reads as.
    /// - Throws: 401, were such a route ever reached without either.
    package func requireRole() throws(HTTPError) -> Role {
        if let device { device.role } else { try requireCaller().role }
    }

    private func beginRequest() throws(HTTPError) -> Statement {
        if let device {
            return Statement(
                "select api.begin_device_request($1, $2, $3, $4)", name: "begin_device_request",
                parameters: [
                    .integer(device.id), .integer(device.keyVersion), .text(request.id), .text(request.address),
                ])
        }
        let caller = try requireCaller()
        return Statement(
            "select api.begin_request($1, $2, $3, $4, $5, $6)", name: "begin_request",
            parameters: [
                .integer(caller.userID), .integer(caller.tokenVersion), .integer(caller.sessionID),
                .text(caller.role.rawValue), .text(request.id), .text(request.address),
            ])
    }
}

/// What a request has had counted, by its names.
final class Tally {
    var names: [String] = []
}

/// A transaction of several round trips, and what waits for its end.
private final class OpenTransaction {
    var afterwards: [() -> Void] = []
    var forGood: [Statement] = []
}
