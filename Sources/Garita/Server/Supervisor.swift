import OperatingSystem

/// Keeps a number of workers of one pool running, on the socket that this process has as descriptor 0.
///
/// Whoever opened the socket keeps it open, so what arrives while a worker is replaced waits for the next one.
/// - TERM: the workers finish what they hold; nobody takes their places; then this process ends.
/// - HUP: the same, and at once this process begins anew with the executable and the settings of now. Workers of before
///   finish while those of after serve, so nobody waits.
struct Supervisor {
    /// A worker and its predecessors.
    private struct Place {
        var process: Int32?
        var startedAt: Int64 = 0
        /// When the next one may start.
        var isDueAt: Int64 = 0
        /// How many in a row did not live for ``shortLife``.
        var shortLives = 0
    }

    /// A worker that ended earlier has hardly served, in milliseconds.
    private static let shortLife: Int64 = 2_000
    /// So many short lives in a row are replaced at once: a request that kills workers shall not keep the others waiting.
    private static let shortLivesAtOnce = 5
    /// Then, and after one that could not serve and said so, the next waits so long: no series of deaths takes a core.
    private static let pause: Int64 = 2_000

    private let served: Served
    private var pool: String { served.name }
    private let executable: String
    private var places: [Place]

    /// - Parameters:
    ///   - served: what the workers serve.
    ///   - workers: how many.
    init(_ served: Served, workers: Int) throws {
        self.served = served
        executable = try ThisProcess.executable()
        places = Array(repeating: Place(), count: workers)
    }

    /// Returns after TERM, when the last worker has ended.
    mutating func run() {
        Signals.prepareForSupervising()
        while true {
            startThoseDue()
            switch Signals.next(milliseconds: untilNextStart()) {
            case nil, Signals.childEnded: _ = noticeEnds()
            case Signals.hangUp: beginAnew()
            default: return finish()
            }
        }
    }

    private mutating func startThoseDue() {
        let now = Time.monotonicMilliseconds()
        for index in places.indices where places[index].process == nil && places[index].isDueAt <= now {
            places[index].startedAt = now
            do { places[index].process = try ChildProcess.start(executable, served.command) } catch {
                Log.event("worker not started", pool: pool, "\(error)", level: .error)
                places[index].isDueAt = now + Self.pause
            }
        }
    }

    /// Milliseconds; nil when nobody waits for a start.
    private func untilNextStart() -> Int64? {
        let due = places.filter { $0.process == nil }.map(\.isDueAt).min()
        return due.map { max(0, $0 - Time.monotonicMilliseconds()) }
    }

    /// - Returns: Whether a child is left, one of those before HUP among them.
    private mutating func noticeEnds() -> Bool {
        while true {
            switch ChildProcess.news() {
            case .nothing: return true
            case .childless: return false
            case .ended(let process, let end):
                guard let index = places.firstIndex(where: { $0.process == process }) else { continue }
                note(end, at: index)
            }
        }
    }

    private mutating func note(_ end: ChildProcess.End, at index: Int) {
        let now = Time.monotonicMilliseconds()
        let lived = now - places[index].startedAt
        places[index].process = nil
        places[index].shortLives = lived < Self.shortLife ? places[index].shortLives + 1 : 0
        var waits = places[index].shortLives > Self.shortLivesAtOnce
        switch end {
        case .exit(0): break
        case .exit(let code):
            waits = true
            Log.event("worker ended", pool: pool, "exit \(code) after \(lived) ms", level: .warning)
        case .signal(let number):
            Log.event("worker ended", pool: pool, "signal \(number) after \(lived) ms", level: .warning)
        }
        places[index].isDueAt = waits ? now + Self.pause : now
    }

    /// Returns only when that cannot be; then all goes on as it was.
    private func beginAnew() {
        do {
            _ = try Configuration.load(for: served)
            // Nobody is told to finish before it is known that the program of now begins at all.
            try Pipeline(Program([executable, "--version"])).run()
            tellAll()
            try ThisProcess.become(executable, ["pool", pool])
        } catch {
            Log.event("not begun anew", pool: pool, "\(error)", level: .error)
        }
    }

    /// Asks every worker to finish.
    private func tellAll() {
        for process in places.compactMap(\.process) { ChildProcess.signal(process, Signals.terminate) }
    }

    private mutating func finish() {
        tellAll()
        while noticeEnds() { _ = Signals.next(milliseconds: nil) }
    }
}
