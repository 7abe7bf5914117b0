import CFastCGI
import Glibc
package import OperatingSystem

/// What a worker has to do next.
package enum Event: ~Copyable {
    /// Answer this request.
    case request(Exchange)
    /// The other descriptor can be read, or its connection is broken.
    case readable
    /// The supervisor asked the worker to end; said once.
    case stopRequested
    /// After ``Listener/stopAccepting()``: no connection is left.
    case drained
    /// Nothing has happened for as long as ``Listener/idleMilliseconds``.
    case idle
}

/// A descriptor that matters while a worker is idle, such as that of the database connection.
package struct Watched: Equatable, Sendable {
    let descriptor: Int32
    let generation: Int

    /// - Parameter generation: another one for each connection, because a new one may get the number of the old.
    package init(_ descriptor: Int32, generation: Int) {
        self.descriptor = descriptor
        self.generation = generation
    }
}

/// The listening socket all workers of a pool share, and the connections that a peer keeps with this worker.
///
/// We accept connections ourselves and hand them to libfcgi, because its own accept cannot watch other descriptors,
/// has a race between looking for a signal and waiting, and never times out.
///
/// A kept connection is never closed from here while the peer may send: a request that is on its way would be lost. The
/// peer closes those it no longer uses; those we give up are told so with their last answer (``AnswerWriter``).
package final class Listener {
    private let descriptor: Int32
    private let watch: EpollWaiter
    private let keptAtMost: Int
    /// After how long without anything to do ``accept(alsoWatching:)`` says so; -1 for never.
    package var idleMilliseconds: Int32 = -1
    private var kept: [Int32] = []
    /// The connection whose request is being answered, if it is a kept one.
    private var serving: Int32 = -1
    private var other: Watched?
    /// When a worker that accepts no more ends, whatever is still open; nil while it accepts.
    private var end: Int64?

    /// How long a peer may send or take nothing in the middle of a request or an answer, in seconds.
    private static let silenceSeconds = 10
    /// How long a worker waits for the peers of kept connections to close them, in milliseconds.
    ///
    /// nginx does so when it is told (``AnswerWriter/giveUp(_:)``), and after a second without requests
    /// (`keepalive_timeout` in nginx/hosts.conf).
    private static let drainMilliseconds: Int64 = 10_000

    /// Takes over a listening socket, by default the one the supervisor opened as descriptor 0.
    ///
    /// Also prepares the signals of the process, which must happen before libfcgi installs handlers of its own.
    ///
    /// - Parameter keptAtMost: how many connections are kept; one more is served and ended.
    package init(descriptor: Int32 = 0, keptAtMost: Int = 16) throws(OperatingSystemError) {
        try Self.check(descriptor)
        // Several workers may try to accept one connection; for all but one accept must fail instead of blocking.
        guard fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0 else {
            throw OperatingSystemError("prepare the listening socket")
        }
        Signals.prepareForServing()
        FCGX_Init()
        self.descriptor = descriptor
        self.keptAtMost = keptAtMost
        watch = try EpollWaiter(listener: descriptor)
    }

    deinit { for connection in kept { close(connection) } }

    /// Sets how many connections may wait for a worker; whoever finds no room is told so at once (connect(2), `EAGAIN`).
    ///
    /// listen(2) once more changes nothing else, and nothing that waits is lost.
    package static func setQueue(_ places: Int, descriptor: Int32 = 0) throws(OperatingSystemError) {
        try check(descriptor)
        guard listen(descriptor, Int32(places)) == 0 else { throw OperatingSystemError("set the queue of the socket") }
    }

    private static func check(_ descriptor: Int32) throws(OperatingSystemError) {
        guard isListening(descriptor) else {
            throw OperatingSystemError("use descriptor \(descriptor) as a listening socket", code: ENOTSOCK)
        }
        guard isLocal(descriptor) else {
            throw OperatingSystemError(
                "serve on anything but a Unix socket with an absolute path", code: EAFNOSUPPORT)
        }
    }

    /// Waits for something to do.
    ///
    /// TERM and USR1 are noticed only here, so a request in progress is always finished and no signal is missed.
    ///
    /// - Parameter watched: what else matters while idle.
    /// - Throws: When the listening socket itself is broken; the worker should end.
    package func accept(alsoWatching watched: Watched? = nil) throws(OperatingSystemError) -> Event {
        try watchOther(watched)
        while true {
            if let end, kept.isEmpty || Time.monotonicMilliseconds() >= end { return .drained }
            switch try watch.wait(milliseconds: end == nil ? idleMilliseconds : 100) {
            case .stop: return .stopRequested
            case .timeout: if end == nil { return .idle }
            case .connection: if let exchange = try nextExchange() { return .request(exchange) }
            case .other(let ready) where kept.contains(ready):
                serving = ready
                if let exchange = Exchange(connection: ready, of: self) { return .request(exchange) }
            case .other(let ready) where ready == other?.descriptor: return .readable
            case .other(let former): watch.forget(former)
            }
        }
    }

    /// Accepts no new connection any more and tells the peers of kept ones to end them; ``accept(alsoWatching:)`` goes on
    /// with requests that are on their way until no connection is left.
    ///
    /// Call it between two requests.
    package func stopAccepting() {
        guard end == nil else { return }
        end = Time.monotonicMilliseconds() + Self.drainMilliseconds
        watch.forgetListener()
        for connection in kept { AnswerWriter.giveUp(connection) }
    }

    private func watchOther(_ watched: Watched?) throws(OperatingSystemError) {
        guard watched != other else { return }
        other = watched
        if let watched { try watch.watch(watched.descriptor) }
    }

    // MARK: Kept connections

    /// Whether this connection, or one more, may be kept.
    func mayKeep(_ connection: Int32) -> Bool {
        end == nil && (kept.contains(connection) || kept.count < keptAtMost)
    }

    /// Takes a connection back whose request is answered.
    func keep(_ connection: Int32) {
        guard !kept.contains(connection) else { return }
        do {
            try watch.watch(connection)
            kept.append(connection)
        } catch {
            close(connection)
        }
    }

    /// The kept connections on which a request may arrive while another one is answered.
    package var waiting: [Int32] { kept.filter { $0 != serving } }

    /// Takes the request from one of the ``waiting`` connections and answers it without looking at it.
    ///
    /// - Parameter head: sends the peer somewhere else with it.
    /// - Returns: Whether there was a request.
    package func turnAway(_ connection: Int32, head: [UInt8]) -> Bool {
        guard let exchange = Exchange(connection: connection, of: self) else { return false }
        return exchange.send(head: head, body: [])
    }

    /// The connection is closed.
    func connectionEnded(_ connection: Int32) {
        kept.removeAll { $0 == connection }
    }

    // MARK: New connections

    /// - Returns: Nil when another worker was faster or the connection brought no request.
    private func nextExchange() throws(OperatingSystemError) -> Exchange? {
        let connection = garita_accept(descriptor)
        guard connection >= 0 else {
            try tolerate(errno)
            return nil
        }
        limitSilence(on: connection)
        serving = connection
        return Exchange(connection: connection, of: self)
    }

    private func tolerate(_ code: Int32) throws(OperatingSystemError) {
        switch code {
        case EAGAIN, EINTR, ECONNABORTED, EPROTO:
            return
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            Time.sleep(milliseconds: 10)  // the connection stays in the queue: no busy loop
        default:
            throw OperatingSystemError("accept a connection", code: code)
        }
    }

    private func limitSilence(on connection: Int32) {
        var limit = timeval(tv_sec: Self.silenceSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    }

    /// Whether it is a Unix socket whose name is an absolute path.
    ///
    /// Whoever writes to a FastCGI socket decides every parameter, the caller's address among them; only the permissions
    /// of a file and its folder keep others out. A port has none, and a relative path (`:9000`) is a port misread.
    private static func isLocal(_ descriptor: Int32) -> Bool {
        var address = sockaddr_un()
        var size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let known = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return known == 0 && address.sun_family == sa_family_t(AF_UNIX) && address.sun_path.0 == UInt8(ascii: "/")
    }

    private static func isListening(_ descriptor: Int32) -> Bool {
        var flag: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &flag, &size) == 0 && flag != 0
    }
}
