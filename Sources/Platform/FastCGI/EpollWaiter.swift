import CFastCGI
import Glibc
import OperatingSystem

/// Waits for the shared listening socket, for other descriptors and for the signals to stop, all in one call.
///
/// Not `ppoll`, which wakes every idle worker of the pool for each connection although only one can accept it. An
/// exclusive watch wakes one idle worker; busy ones find the connection when they wait again.
/// Sources: epoll_ctl(2), `EPOLLEXCLUSIVE`; signalfd(2)
struct EpollWaiter: ~Copyable {
    /// What ended a wait.
    enum Reason: Equatable {
        case stop, connection
        case other(Int32)
    }

    private let descriptor: Int32
    private let listener: Int32
    private let signals: Int32

    init(listener: Int32) throws(OperatingSystemError) {
        var stopSignals = Signals.stopSignals
        self.listener = listener
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        // Never read: a signal to stop stays pending.
        signals = signalfd(-1, &stopSignals, Int32(SFD_CLOEXEC))
        guard add(signals, EPOLLIN.rawValue), add(listener, EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue) else {
            throw OperatingSystemError("watch the listening socket")
        }
    }

    deinit {
        close(signals)
        close(descriptor)
    }

    /// Waits: a stop comes first, so that it does not starve under load, then the other descriptors.
    borrowing func wait(alsoFor others: [Int32]) throws(OperatingSystemError) -> Reason {
        // At each wait, because the database connection may have been replaced by one with the same number.
        for other in others where other >= 0 && !add(other, EPOLLIN.rawValue) && errno != EEXIST {
            throw OperatingSystemError("watch descriptor \(other)")
        }
        while true {
            let ready = try readyDescriptors(atMost: others.count + 2)
            if ready.contains(signals) { return .stop }
            if let other = ready.first(where: others.contains) { return .other(other) }
            if ready.contains(listener) { return .connection }
            for former in ready { epoll_ctl(descriptor, EPOLL_CTL_DEL, former, nil) }
        }
    }

    private borrowing func readyDescriptors(atMost limit: Int) throws(OperatingSystemError) -> [Int32] {
        var events = [epoll_event](repeating: epoll_event(), count: limit)
        let count = epoll_wait(descriptor, &events, Int32(limit), -1)
        // A process that was halted and goes on is told EINTR; no handler of ours runs.
        guard count >= 0 || errno == EINTR else { throw OperatingSystemError("wait for requests") }
        return events.prefix(max(0, Int(count))).map(\.data.fd)
    }

    private borrowing func add(_ other: Int32, _ events: UInt32) -> Bool {
        var event = epoll_event(events: events, data: epoll_data_t(fd: other))
        return epoll_ctl(descriptor, EPOLL_CTL_ADD, other, &event) == 0
    }
}
