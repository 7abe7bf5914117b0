import FastCGI
import JSON
import Monitoring
import OperatingSystem
import PostgreSQL
import Scoreboard
import Web

/// Tells how the pools are, on a socket of its own: it answers while every one of them is busy.
///
/// nginx lets only this machine ask. It has no keys, and a database role that reads no row.
struct StatusWorker {
    /// How often queues are looked at, and for how long what the database said is repeated, in milliseconds.
    private static let milliseconds: Int32 = 500
    private static let pool = MonitoredSystem.statusPool

    private let system: MonitoredSystem
    private let database: Database
    private let meter: Meter

    init(_ configuration: Configuration) throws {
        system = try configuration.monitoredSystem()
        database = configuration.statusDatabase()
        meter = configuration.meter(Self.pool, deadlineMilliseconds: 1_000)
    }

    func serve() throws {
        Supervision.endWithParent()
        ThisProcess.leaveNoCore()
        let listener = try Listener()
        listener.idleMilliseconds = Self.milliseconds
        var facts = RecentFacts(database: database, milliseconds: Int64(clamping: Self.milliseconds))
        Log.event("started", pool: Self.pool)
        while true {
            switch try listener.accept() {
            case .stopRequested: listener.stopAccepting()
            case .drained:
                meter.close()
                Log.event("stopped", pool: Self.pool)
                return
            case .readable: break
            case .idle: noteQueues(SystemStatus(of: system, routes: false, database: .failure(NotAsked())))
            case .request(let exchange): answer(exchange, &facts)
            }
        }
    }

    private func answer(_ exchange: consuming Exchange, _ facts: inout RecentFacts) {
        meter.begin(Time.monotonicMicroseconds())
        let (parameters, _) = exchange.parameters(["REQUEST_METHOD", "DOCUMENT_URI", "HTTP_ACCEPT"])
        let method = parameters["REQUEST_METHOD"] ?? ""
        let isRead = method == Method.get.rawValue || method == Method.head.rawValue
        let response =
            isRead
            ? respond(parameters["DOCUMENT_URI"] ?? "", accept: parameters["HTTP_ACCEPT"], &facts)
            : .json(["detail": "Method not allowed."], status: 405, headers: [Header("Allow", "GET, HEAD")])
        exchange.send(head: response.head, body: method == Method.head.rawValue ? [] : response.body)
        meter.desist()
    }

    private func respond(_ path: String, accept: String?, _ facts: inout RecentFacts) -> Response {
        if path == "/livez" { return Self.told(["status": "ok"], status: 200) }
        let isMetrics = path == "/metrics"
        guard isMetrics || path == "/readyz" || path == "/status.json" else {
            return Self.told(["detail": "Not found."], status: 404)
        }
        let status = SystemStatus(of: system, routes: isMetrics, database: facts.now())
        noteQueues(status)
        if isMetrics {
            let form = MetricText.Form(accept: accept)
            return Response(
                200, headers: [Header("Content-Type", form.type), Header("Cache-Control", "no-store")],
                body: status.metrics(counterPlan, form))
        }
        let isReady = status.level != .fail
        return path == "/readyz"
            ? Self.told(status.readiness, status: isReady ? 200 : 503) : Self.told(status.json, status: 200)
    }

    private static func told(_ value: JSON, status: Int) -> Response {
        .json(value, status: status, headers: [Header("Cache-Control", "no-store")])
    }

    private func noteQueues(_ status: SystemStatus) {
        for (place, pool) in status.pools.enumerated() where place < system.pools.count {
            if let waiting = pool.waiting { meter.sawQueue(waiting, ofPool: place) }
        }
    }
}

/// The database was not asked this time.
private struct NotAsked: Error {}

extension Result<DatabaseFacts, any Error> {
    fileprivate var isNotAsked: Bool {
        if case .failure(let error) = self { error is NotAsked } else { false }
    }
}

/// What the database said, asked again only after a while: many who ask at once are one question.
private struct RecentFacts {
    let database: Database
    let milliseconds: Int64
    private var last: Result<DatabaseFacts, any Error> = .failure(NotAsked())
    private var until: Int64 = 0

    init(database: Database, milliseconds: Int64) {
        self.database = database
        self.milliseconds = milliseconds
    }

    mutating func now() -> Result<DatabaseFacts, any Error> {
        guard Time.monotonicMilliseconds() >= until else { return last }
        let found = Configuration.facts(database)
        // The log has the facts, once; an answer only says that there is a fault.
        if case .failure(let error) = found, (try? last.get()) != nil || last.isNotAsked {
            Log.event(
                "database unavailable", pool: MonitoredSystem.statusPool, String(reflecting: error), level: .error)
        }
        last = found
        until = Time.monotonicMilliseconds() + milliseconds
        return last
    }
}
