/// The database as one worker sees it: one connection, made when needed and made again when lost.
package final class Database {
    private let settings: DatabaseSettings
    private var connection: Connection?
    private var backoff = Backoff()
    private var isInTransaction = false
    /// What is done while an answer is late; nil for nothing.
    package var meanwhile: Meanwhile?
    /// Hears of every error, also of one after which a second attempt succeeds.
    package var failed: (DatabaseError) -> Void = { _ in }
    /// How many connections have been made.
    package private(set) var connections = 0

    /// Nothing happens yet; the first call connects.
    package init(_ settings: DatabaseSettings) {
        self.settings = settings
    }

    /// The descriptor to watch while idle; -1 when there is no connection.
    ///
    /// Changes with every reconnection.
    package var socket: Int32 { connection?.socket ?? -1 }

    /// To be called when ``socket`` is readable between calls: usually the server announces the end of the connection.
    ///
    /// A lost connection is dropped, and the next call makes a new one.
    package func noticeIdleActivity() {
        connection?.readIdleInput()
        if connection?.isLost == true { connection = nil }
    }

    /// What came from `notify` since the last call, on channels that this connection listens to.
    package func notifications() -> [Notification] { connection?.notifications() ?? [] }

    /// Closes the connection.
    ///
    /// The next call makes a new one.
    package func close() {
        connection = nil
    }

    /// How this connection was made, as the variables by which every program of PostgreSQL takes it.
    ///
    /// A password is among them: in an environment only its owner and root see it, in arguments everybody.
    package func environment() throws(DatabaseError) -> [String: String] {
        try connected(Deadline(milliseconds: settings.deadlineMilliseconds)).environment()
    }

    /// Runs the statements as one implicit transaction in one round trip.
    ///
    /// - Returns: The rows of each statement, in order.
    /// - Throws: The error of the first statement that failed; then nothing of the call took effect, unless the
    ///   error is `.timeout` or `.outcomeUnknown`, which leave it open.
    package func run(_ statements: [Statement]) throws(DatabaseError) -> [Rows] {
        guard !statements.isEmpty else { return [] }
        let deadline = Deadline(milliseconds: settings.deadlineMilliseconds, meanwhile: meanwhile)
        noticeIdleActivity()
        let canRetry = connection != nil && !isInTransaction
        do {
            return try attempt(statements, deadline)
        } catch {
            guard canRetry, isCuredByReconnecting(error) else { throw error }
            connection = nil
            return try attempt(statements, deadline)
        }
    }

    /// Runs one statement, as its own transaction.
    package func run(_ statement: Statement) throws(DatabaseError) -> Rows {
        try run([statement]).first ?? Rows(types: [], cells: [], bytes: [], count: 0)
    }

    /// Runs each group at a savepoint of its own, inside a transaction and in one round trip: a group that the database
    /// refuses is rolled back and its error returned, the other groups stay in force.
    ///
    /// - Returns: For each group its rows, or why its values were refused.
    /// - Throws: Any error that is not about values, such as a time limit; the transaction must then be rolled back.
    package func attempt(_ groups: [[Statement]]) throws(DatabaseError) -> [Result<[Rows], SQLError>] {
        guard isInTransaction, let connection else { throw .unexpected(facts: "a trial outside of a transaction") }
        let deadline = Deadline(milliseconds: settings.deadlineMilliseconds)
        // Every group begins at the savepoint, whether the one before failed or not, so none has to wait for an answer.
        let (mark, back, keep) = (Savepoint.mark, Savepoint.back, Savepoint.keep)
        _ = try answer(of: connection) { () throws(DatabaseError) in
            try connection.run([mark, back, keep, mark], deadline)
        }
        let answers: [Connection.Answer]
        do {
            answers = try connection.run(groups: groups.map { [back] + $0 + [keep, mark] } + [[back, keep]], deadline)
        } catch {
            self.connection = nil
            throw error
        }
        var results: [Result<[Rows], SQLError>] = []
        for answer in answers.dropLast() {
            switch answer {
            case .rows(let rows): results.append(.success(Array(rows.dropFirst().dropLast(2))))
            case .refused(let refusal) where refusal.isAboutValues: results.append(.failure(refusal))
            case .refused(let refusal): throw .refused(refusal)
            }
        }
        return results
    }

    /// The savepoint to which a refused group is rolled back.
    private enum Savepoint {
        static let mark = Statement("savepoint garita_trial", name: "savepoint")
        static let back = Statement("rollback to savepoint garita_trial", name: "rollback_to_savepoint")
        static let keep = Statement("release savepoint garita_trial", name: "release_savepoint")
    }

    /// Runs a text of several statements, as psql would; for migrations.
    ///
    /// Without `begin` in it the text is one transaction.
    ///
    /// - Parameter deadlineMilliseconds: How long it may take; nil for as long as it needs.
    package func runScript(_ sql: String, deadlineMilliseconds: Int? = nil) throws(DatabaseError) {
        guard !sql.utf8.contains(0) else { throw .unexpected(facts: "the script contains a NUL character") }
        noticeIdleActivity()
        let connection = try connected(Deadline(milliseconds: settings.deadlineMilliseconds))
        let deadline = Deadline(milliseconds: deadlineMilliseconds)
        _ = try answer(of: connection) { () throws(DatabaseError) in try connection.runScript(sql, deadline) }
    }

    /// Runs `body` between `begin` and `commit`: for work that cannot be one round trip.
    ///
    /// Any error rolls back. Not to be nested.
    ///
    /// Inside, a lost connection is not replaced: the rest of the transaction would run outside of it.
    package func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        noticeIdleActivity()
        _ = try connected(Deadline(milliseconds: settings.deadlineMilliseconds))
        isInTransaction = true
        defer { isInTransaction = false }
        do {
            try runScript("begin")
            let value = try body()
            try commit()
            return value
        } catch {
            rollBack()
            throw error
        }
    }

    /// Where `rollback` fails the connection is closed, which rolls back as well.
    private func rollBack() {
        do { try runScript("rollback") } catch { connection = nil }
        if connection?.isOutsideTransaction == false { connection = nil }
    }

    /// After a failed statement the server answers `commit` with a rollback and no error; so the state is checked first.
    private func commit() throws(DatabaseError) {
        guard let connection, connection.canCommit else {
            throw .unavailable(facts: "the transaction had failed")
        }
        try runScript("commit")
    }

    private func attempt(_ statements: [Statement], _ deadline: Deadline) throws(DatabaseError) -> [Rows] {
        let connection = try connected(deadline)
        return try answer(of: connection) { () throws(DatabaseError) in try connection.run(statements, deadline) }
    }

    /// Drops the connection after anything but a complete answer.
    private func answer(
        of connection: Connection, _ ask: () throws(DatabaseError) -> Connection.Answer
    ) throws(DatabaseError) -> [Rows] {
        let answer: Connection.Answer
        do { answer = try ask() } catch {
            failed(error)
            self.connection = nil
            throw error
        }
        guard isInTransaction || connection.isOutsideTransaction else {
            // The next call would run inside it.
            self.connection = nil
            throw .unexpected(facts: "a statement left a transaction open")
        }
        switch answer {
        case .rows(let rows): return rows
        case .refused(let error):
            failed(.refused(error))
            throw .refused(error)
        }
    }

    private func connected(_ deadline: Deadline) throws(DatabaseError) -> Connection {
        if let connection { return connection }
        guard !isInTransaction else { throw .unavailable(facts: "lost inside the transaction") }
        guard !backoff.isWaiting else { throw .unavailable(facts: "waiting before the next attempt to connect") }
        do {
            let fresh = try Connection(conninfo: settings.fullConninfo)
            try fresh.finishConnecting(deadline)
            backoff.recordSuccess()
            connection = fresh
            connections += 1
            return fresh
        } catch {
            backoff.recordFailure()
            failed(error)
            throw error
        }
    }

    /// Errors after which nothing was executed and a new connection helps: the old one ended, or its prepared
    /// statements are gone (26000) or made for tables that have changed since (0A000).
    private func isCuredByReconnecting(_ error: DatabaseError) -> Bool {
        switch error {
        case .unavailable: true
        case .refused(let refusal): refusal.state == "26000" || refusal.state == "0A000"
        default: false
        }
    }
}
