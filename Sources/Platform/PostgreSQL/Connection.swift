import CPostgreSQL
import OperatingSystem

/// One connection in pipeline mode.
///
/// Sole owner of its `PGconn`. A class and not a non-copyable struct, because `Database` replaces it by another one.
/// After any thrown error the connection is in an unknown state and must be dropped; a refused statement is not
/// thrown but returned.
final class Connection {
    let handle: OpaquePointer
    /// The SQL of the statements prepared here, by name.
    private var prepared: [String: String] = [:]

    /// The complete answer of the server to one call.
    enum Answer {
        case rows([Rows])
        case refused(SQLError)
    }

    /// One thing the pipeline does, in order.
    private enum Step {
        case prepare(name: String, sql: String)
        case execute
    }

    /// Starts to connect; ``finishConnecting(_:)`` does the rest.
    init(conninfo: String) throws(DatabaseError) {
        // Source: libpq, "Database Connection Control Functions": the caller must call PQfinish, also after a
        // failed attempt; nil only when memory is short.
        guard let handle = PQconnectStart(conninfo) else { throw .unavailable(facts: "out of memory") }
        self.handle = handle
    }

    deinit { PQfinish(handle) }

    /// The descriptor to watch while idle; -1 when the connection is lost.
    var socket: Int32 { PQsocket(handle) }

    /// Whether the server announced that it ends the connection; the end itself may arrive a moment later.
    private var isEndAnnounced = false

    /// Whether the connection ended, or is about to.
    var isLost: Bool { isEndAnnounced || PQstatus(handle) == CONNECTION_BAD }

    /// Whether no transaction is open.
    var isOutsideTransaction: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }

    /// Whether a transaction is open that can still be committed.
    var canCommit: Bool { PQtransactionStatus(handle) == PQTRANS_INTRANS }

    // MARK: Connecting

    /// Source: libpq, `PQconnectPoll`: begin as if it had asked to wait until the socket is writable.
    func finishConnecting(_ deadline: Deadline) throws(DatabaseError) {
        var need = PGRES_POLLING_WRITING
        while need != PGRES_POLLING_OK {
            guard need != PGRES_POLLING_FAILED, socket >= 0 else { throw .unavailable(facts: errorText) }
            do { try deadline.wait(for: socket, need == PGRES_POLLING_READING ? .readable : .writable) } catch {
                throw .unavailable(facts: "no connection in time")
            }
            need = PQconnectPoll(handle)
        }
        receiveNotices()
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
            throw .unavailable(facts: errorText)
        }
    }

    // MARK: Idle

    /// Takes the notices, which libpq would write to standard error.
    ///
    /// What the server sends to an idle connection arrives as a notice, also that it ends the connection (SQLSTATE
    /// 57P01 to 57P05).
    private func receiveNotices() {
        // The pointer stays valid: only calls on `handle` use it, and `deinit` ends those.
        let receiver: PQnoticeReceiver = { context, notice in
            guard let context, let state = PQresultErrorField(notice, Int32(GARITA_DIAG_SQLSTATE)) else { return }
            if String(cString: state).hasPrefix("57P") {
                Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().isEndAnnounced = true
            }
        }
        PQsetNoticeReceiver(handle, receiver, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Reads what the server sent on its own, such as the notice that it ends the connection.
    func readIdleInput() {
        while !isLost, Poll.until(socket, is: .readable, milliseconds: 0) {
            guard PQconsumeInput(handle) == 1 else { return }
            _ = PQisBusy(handle)  // parses what came in
        }
    }

    // MARK: Statements

    /// Runs the statements in one pipeline with one synchronisation at the end: one implicit transaction.
    func run(_ statements: [Statement], _ deadline: Deadline) throws(DatabaseError) -> Answer {
        let encoded: [EncodedParameters]
        do { encoded = try encode(statements) } catch {
            guard case .refused(let refusal) = error else { throw error }
            return .refused(refusal)
        }
        let steps = try send(statements, encoded)
        return try collect(steps, deadline)
    }

    /// Runs groups of statements in one pipeline, each with a synchronisation of its own: an error skips the rest of its
    /// group only.
    ///
    /// Inside a transaction the later groups fail as well, unless they begin by returning to a savepoint.
    func run(groups: [[Statement]], _ deadline: Deadline) throws(DatabaseError) -> [Answer] {
        var encoded: [[EncodedParameters]] = []
        for statements in groups { encoded.append(try encode(statements)) }
        var sent: [[Step]] = []
        var preparations: [Step] = []
        for (statements, parameters) in zip(groups, encoded) {
            let steps = try send(statements, parameters, after: preparations)
            preparations += steps.filter { if case .prepare = $0 { true } else { false } }
            sent.append(steps)
        }
        var answers: [Answer] = []
        for steps in sent { answers.append(try collect(steps, deadline)) }
        return answers
    }

    private func encode(_ statements: [Statement]) throws(DatabaseError) -> [EncodedParameters] {
        var encoded: [EncodedParameters] = []
        for statement in statements { encoded.append(try EncodedParameters(statement.parameters)) }
        return encoded
    }

    /// Runs several statements in one text, by the simple protocol.
    func runScript(_ sql: String, _ deadline: Deadline) throws(DatabaseError) -> Answer {
        guard PQexitPipelineMode(handle) == 1, PQsendQuery(handle, sql) == 1 else {
            throw .unavailable(facts: errorText)
        }
        let refusal = try collectScript(deadline)
        guard PQenterPipelineMode(handle) == 1 else { throw .outcomeUnknown(facts: errorText) }
        return refusal.map { .refused($0) } ?? .rows([])
    }

    // MARK: Sending

    /// Before `PQpipelineSync` nothing can have been committed.
    ///
    /// - Parameter earlier: preparations that were sent before, in this call.
    private func send(
        _ statements: [Statement], _ encoded: [EncodedParameters], after earlier: [Step] = []
    ) throws(DatabaseError) -> [Step] {
        var steps: [Step] = []
        for (statement, parameters) in zip(statements, encoded) {
            if let step = preparation(of: statement, after: earlier + steps) {
                try prepare(step, parameters)
                steps.append(step)
            }
            try execute(statement, parameters, after: earlier + steps)
            steps.append(.execute)
        }
        guard PQpipelineSync(handle) == 1 else { throw notSent }
        return steps
    }

    /// The step needed before a named statement can be executed; nil when it is prepared, or has no name.
    private func preparation(of statement: Statement, after steps: [Step]) -> Step? {
        guard let name = statement.name, sql(preparedAs: name, after: steps) == nil else { return nil }
        return .prepare(name: name, sql: statement.sql)
    }

    private func sql(preparedAs name: String, after steps: [Step]) -> String? {
        for case .prepare(name, let sql) in steps { return sql }
        return prepared[name]
    }

    private func prepare(_ step: Step, _ parameters: EncodedParameters) throws(DatabaseError) {
        guard case .prepare(let name, let sql) = step else { return }
        let count = Int32(parameters.types.count)
        guard PQsendPrepare(handle, name, sql, count, parameters.types) == 1 else { throw notSent }
    }

    private func execute(
        _ statement: Statement, _ parameters: EncodedParameters, after steps: [Step]
    ) throws(DatabaseError) {
        let count = Int32(parameters.types.count)
        // A name under which another text is prepared is not used: the text given is what runs.
        let name = statement.name.flatMap { sql(preparedAs: $0, after: steps) == statement.sql ? $0 : nil }
        let isSent = parameters.withPointers { values, lengths, formats in
            if let name {
                PQsendQueryPrepared(handle, name, count, values, lengths, formats, 0)
            } else {
                PQsendQueryParams(handle, statement.sql, count, parameters.types, values, lengths, formats, 0)
            }
        }
        guard isSent == 1 else { throw notSent }
    }

    private var notSent: DatabaseError {
        isLost ? .unavailable(facts: errorText) : .unexpected(facts: errorText)
    }

    // MARK: Receiving

    /// Takes the results in order.
    ///
    /// Each step's results end with a nil, the whole with the synchronisation.
    private func collect(_ steps: [Step], _ deadline: Deadline) throws(DatabaseError) -> Answer {
        var rows: [Rows] = []
        var refusal: SQLError?
        var position = 0
        while position <= steps.count + 1 {
            try awaitResult(deadline)
            guard let pointer = PQgetResult(handle) else {
                if isLost { throw .outcomeUnknown(facts: errorText) }
                position += 1
                continue
            }
            let result = QueryResult(taking: pointer)
            switch result.status {
            case PGRES_PIPELINE_SYNC:
                return refusal.map { .refused($0) } ?? .rows(rows)
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                guard position < steps.count else { throw .unexpected(facts: "more results than statements") }
                take(result, of: steps[position], into: &rows)
            case PGRES_PIPELINE_ABORTED:
                break
            default:
                let error = try statementError(of: result, isBeforeCommit: position < steps.count)
                refusal = refusal ?? error
            }
        }
        throw .outcomeUnknown(facts: "the answer has no end")
    }

    private func take(_ result: borrowing QueryResult, of step: Step, into rows: inout [Rows]) {
        switch step {
        // A rollback does not undo the preparation of statements.
        case .prepare(let name, let sql): prepared[name] = sql
        case .execute: rows.append(result.rows())
        }
    }

    /// The error of a statement, or a throw when the connection ended with it.
    ///
    /// When the server ends the connection with an error in place of a statement's result, the transaction was not
    /// committed. A connection lost without one proves nothing: results wait in the server's buffer until after the
    /// commit.
    private func statementError(
        of result: borrowing QueryResult, isBeforeCommit: Bool
    ) throws(DatabaseError) -> SQLError {
        let error = result.error()
        if result.endsConnection && isBeforeCommit { throw .unavailable(facts: error.facts) }
        if result.endsConnection { throw .outcomeUnknown(facts: error.facts) }
        // libpq's own errors carry no state: a lost connection or a broken protocol, or COPY, which we never use.
        if error.state.isEmpty { throw .outcomeUnknown(facts: error.message.isEmpty ? errorText : error.message) }
        return error
    }

    private func collectScript(_ deadline: Deadline) throws(DatabaseError) -> SQLError? {
        var refusal: SQLError?
        while true {
            try awaitResult(deadline)
            guard let pointer = PQgetResult(handle) else {
                if isLost { throw .outcomeUnknown(facts: errorText) }
                return refusal
            }
            let result = QueryResult(taking: pointer)
            switch result.status {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
            default:
                let error = try statementError(of: result, isBeforeCommit: false)
                refusal = refusal ?? error
            }
        }
    }

    /// Waits until the next `PQgetResult` does not block.
    ///
    /// A lost connection is left for that call to report.
    private func awaitResult(_ deadline: Deadline) throws(DatabaseError) {
        while PQisBusy(handle) == 1 {
            let isUnsent = PQflush(handle) == 1
            guard socket >= 0 else { return }
            try deadline.wait(for: socket, isUnsent ? .either : .readable)
            guard PQconsumeInput(handle) == 1 else { return }
        }
    }

    private var errorText: String { Text.line(PQerrorMessage(handle)) }
}
