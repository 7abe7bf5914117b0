import FastCGI
import Monitoring
import OperatingSystem
import PostgreSQL
import Web

extension Database {
    /// What a worker watches while it is idle.
    fileprivate var watched: Watched? { socket >= 0 ? Watched(socket, generation: connections) : nil }
}

/// One process, one request at a time, one database connection.
struct Worker {
    /// What nginx passes (nginx/snippets/garita-fastcgi.conf).
    private static let parameterNames = [
        "REQUEST_ID", "REMOTE_ADDR", "SITE_ORIGIN", "HTTP_AUTHORIZATION", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE",
        "HTTP_USER_AGENT", "HTTP_ORIGIN", "HTTP_SEC_FETCH_SITE", "HTTP_IDEMPOTENCY_KEY", "HTTP_IF_MATCH",
        "HTTP_IF_NONE_MATCH", "HTTP_COOKIE", "HTTP_X_GARITA_FEED", "GARITA_FEED", "REQUEST_METHOD", "DOCUMENT_URI",
        "QUERY_STRING", "CONTENT_TYPE",
    ]
    /// After so many requests the supervisor starts a new process: memory that a C library leaks is freed with the old
    /// one.
    private static let requestsPerLife = 50_000
    /// How long the database may take before the worker's other requests are given to others, in milliseconds: several
    /// times what a decision takes on a busy machine.
    private static let patience: Int64 = 25
    /// A worker without work looks once a second whether its keys can still be read.
    private static let idleMilliseconds: Int32 = 1_000
    private static let elsewhere = Array("Status: 200 OK\r\nX-Accel-Redirect: @garita_gate_queue\r\n\r\n".utf8)

    let pool: Pool
    /// Host names that are served.
    let hosts: AllowedHosts
    let database: Database
    var application: ReloadingApplication
    let meter: Meter

    mutating func serve() throws {
        let (pool, meter) = (pool, meter)
        Supervision.endWithParent()
        ThisProcess.leaveNoCore()
        let listener = try Listener()
        var life = RecyclePolicy(requests: Self.requestsPerLife)
        // So that nobody waits behind a request that waits for a lock: nginx gives what comes in meanwhile to another worker
        // (@garita_gate_queue in nginx/snippets/garita-locations.conf). Only pools to which it keeps connections.
        database.meanwhile = Meanwhile(after: Self.patience, watching: { listener.waiting }) { connection in
            guard listener.turnAway(connection, head: Self.elsewhere) else { return }
            meter.passOn()
            Log.event("passed on", pool: pool.rawValue)
        }
        database.failed = meter.fail
        listener.idleMilliseconds = Self.idleMilliseconds
        Log.event("started", pool: pool.rawValue)
        var reason = "stopped"
        while true {
            switch try listener.accept(alsoWatching: database.watched) {
            case .stopRequested:
                listener.stopAccepting()
            case .drained:
                meter.close()
                Log.event(reason, pool: pool.rawValue)
                return
            case .readable:
                noticeDatabase()
            case .idle:
                _ = application.now()
                retryDatabase()
            case .request(let exchange):
                serve(exchange)
                if life.countRequest() {
                    reason = "recycled"
                    listener.stopAccepting()
                }
            }
        }
    }

    /// The database sent something unasked: it ends the connection, and the next request needs a new one.
    private func noticeDatabase() {
        database.noticeIdleActivity()
        if database.socket < 0 { meter.forgetDatabase() }
    }

    /// A host that is not ready is sent no requests, so nothing else would find out that the database is back.
    private func retryDatabase() {
        guard meter.isCutOff, (try? database.run(Statement("select api.ready()"))) != nil else { return }
        meter.reachDatabase()
    }

    private mutating func serve(_ exchange: consuming Exchange) {
        let started = Time.monotonicMicroseconds()
        meter.begin(started)
        let application = application.now()
        let (parameters, areUTF8) = exchange.parameters(Self.parameterNames)
        let method = parameters["REQUEST_METHOD"] ?? ""
        let request: Request
        var outcome: Outcome
        do throws(HTTPError) {
            guard areUTF8 else { throw HTTPError.badRequest(.notUTF8) }
            request = try read(exchange, method, parameters)
            // It may have waited in the queue for longer than its client did; then it is not carried out, because nobody
            // would get the answer.
            guard !exchange.isDeserted else {
                meter.desert()
                Log.event("deserted", pool: pool.rawValue, request.id)
                return exchange.abandon()
            }
            outcome = application.respond(to: request, database: database)
        } catch {
            (request, outcome) = application.refuse(
                error, method: method, path: parameters["DOCUMENT_URI"] ?? "", parameters: parameters)
        }
        if method == Method.head.rawValue {
            exchange.send(head: outcome.response.head, body: [])
        } else if let production = outcome.response.production {
            send(&outcome, production, to: request, through: exchange)
        } else {
            exchange.send(head: outcome.response.head, body: outcome.response.body)
        }
        let took = Time.monotonicMicroseconds() - started
        meter.end(outcome, microseconds: took, database)
        Log.request(request, outcome, pool: pool.rawValue, microseconds: took)
    }

    /// Sends an answer while it is made.
    ///
    /// A failure before the first piece is answered like any other; a later one aborts the answer, so that no client
    /// takes a part of it for the whole.
    private func send(
        _ outcome: inout Outcome, _ production: Response.BodyStream, to request: Request,
        through exchange: consuming Exchange
    ) {
        var head = outcome.response.head
        do {
            try exchange.send(&head, then: production)
            exchange.finish()
        } catch is PeerIsGone {
            exchange.abandon()
        } catch {
            let isUnderWay = head.isEmpty
            outcome.fail(error, request)
            outcome.finish()
            guard !isUnderWay else { return exchange.abandon() }
            exchange.send(head: outcome.response.head, body: outcome.response.body)
        }
    }

    /// The request as a plain value, its body bounded and drained.
    private func read(
        _ exchange: borrowing Exchange, _ method: String, _ parameters: [String: String]
    ) throws(HTTPError) -> Request {
        let body: [UInt8]
        switch exchange.readBody(limit: pool.bodyLimit(contentType: parameters["CONTENT_TYPE"])) {
        case .complete(let bytes): body = bytes
        case .tooLarge: throw HTTPError(413, .bodyTooLarge)
        case .brokenOff: throw .badRequest(.bodyIncomplete)
        }
        let request = try Request(
            method: method, path: parameters["DOCUMENT_URI"] ?? "", queryString: parameters["QUERY_STRING"] ?? "",
            contentType: parameters["CONTENT_TYPE"], body: body, parameters: parameters)
        // Who asks for health comes from this machine, under any name.
        // A terminal calls an address, and is told none.
        guard pool == .device || hosts.admits(origin: request.origin) else {
            throw .badRequest(.hostNotServed)
        }
        return request
    }
}

extension Response {
    /// Status and headers as FastCGI sends them.
    var head: [UInt8] {
        var head: [UInt8] = []
        head.reserveCapacity(512)
        func add(_ name: String, _ value: String) {
            head += name.utf8
            head += ": ".utf8
            head += value.utf8
            head += "\r\n".utf8
        }
        add("Status", "\(status) \(Response.reason(status))")
        for header in headers { add(header.name, header.value) }
        if status != 204, status != 304, production == nil { add("Content-Length", String(body.count)) }
        head += "\r\n".utf8
        return head
    }
}
