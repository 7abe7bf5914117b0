import CFastCGI
import Glibc
package import OperatingSystem

/// What a worker has to do next.
package enum Event: ~Copyable {
    /// Answer this request.
    case request(Exchange)
    /// This descriptor can be read, or its connection is broken.
    case readable(Int32)
    /// The supervisor asked the worker to end.
    case stopRequested
}

/// The listening socket all workers of a pool share.
///
/// We accept connections ourselves and hand them to libfcgi, because its own accept cannot watch other descriptors,
/// has a race between looking for a signal and waiting, and never times out.
package final class Listener {
    private let descriptor: Int32
    private let watch: EpollWaiter

    /// How long a peer may send or take nothing in the middle of a request or an answer, in seconds.
    private static let silenceSeconds = 10

    /// Takes over a listening socket, by default the one the supervisor opened as descriptor 0.
    ///
    /// Also prepares the signals of the process, which must happen before libfcgi installs handlers of its own.
    package init(descriptor: Int32 = 0) throws(OperatingSystemError) {
        guard Self.isListening(descriptor) else {
            throw OperatingSystemError("use descriptor \(descriptor) as a listening socket", code: ENOTSOCK)
        }
        guard Self.isLocal(descriptor) else {
            throw OperatingSystemError(
                "serve on anything but a Unix socket with an absolute path", code: EAFNOSUPPORT)
        }
        // Several workers may try to accept one connection; for all but one accept must fail instead of blocking.
        guard fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0 else {
            throw OperatingSystemError("prepare the listening socket")
        }
        Signals.prepareForServing()
        FCGX_Init()
        self.descriptor = descriptor
        watch = try EpollWaiter(listener: descriptor)
    }

    /// Waits for something to do.
    ///
    /// TERM and USR1 are noticed only here, so a request in progress is always finished and no signal is missed.
    ///
    /// - Parameter watched: Other descriptors that matter while idle, e.g. the database connection; negative ones
    ///   are ignored.
    /// - Throws: When the listening socket itself is broken; the worker should end.
    package func accept(alsoWatching watched: [Int32] = []) throws(OperatingSystemError) -> Event {
        while true {
            switch try watch.wait(alsoFor: watched) {
            case .stop: return .stopRequested
            case .other(let ready): return .readable(ready)
            case .connection: if let exchange = try nextExchange() { return .request(exchange) }
            }
        }
    }

    /// - Returns: Nil when another worker was faster or the connection brought no request.
    private func nextExchange() throws(OperatingSystemError) -> Exchange? {
        let connection = garita_accept(descriptor)
        guard connection >= 0 else {
            try tolerate(errno)
            return nil
        }
        limitSilence(on: connection)
        return Exchange(connection: connection)
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
