import CFastCGI
import Glibc
import OperatingSystem

/// Waits for the shared listening socket, for kept connections, for another descriptor and for the signals to stop, all
/// in one call.
///
/// Not `ppoll`, which wakes every idle worker of the pool for each connection although only one can accept it. An
/// exclusive watch wakes one idle worker; busy ones find the connection when they wait again.
/// Sources: epoll_ctl(2), `EPOLLEXCLUSIVE`; signalfd(2)
struct EpollWaiter: ~Copyable {
    /// What ended a wait.
    enum Reason: Equatable {
        case stop, connection, timeout
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

    /// Watches one more descriptor, until it is closed or ``forget(_:)`` is called.
    borrowing func watch(_ other: Int32) throws(OperatingSystemError) {
        guard add(other, EPOLLIN.rawValue) || errno == EEXIST else {
            throw OperatingSystemError("watch descriptor \(other)")
        }
    }

    /// Watches a descriptor no longer.
    borrowing func forget(_ other: Int32) {
        epoll_ctl(descriptor, EPOLL_CTL_DEL, other, nil)
    }

    /// Watches neither the listening socket nor the signals any more.
    borrowing func forgetListener() {
        forget(listener)
        forget(signals)
    }

    /// Waits for one of them.
    ///
    /// One at a time: the kernel then puts what it has told of behind everything else that is ready, so all are served
    /// in turn, new connections, kept ones and the signals to stop.
    ///
    /// - Parameter milliseconds: how long at most; -1 for ever.
    borrowing func wait(milliseconds: Int32 = -1) throws(OperatingSystemError) -> Reason {
        var event = epoll_event()
        while true {
            let count = epoll_wait(descriptor, &event, 1, milliseconds)
            // A process that was halted and goes on is told EINTR; no handler of ours runs.
            guard count >= 0 || errno == EINTR else { throw OperatingSystemError("wait for requests") }
            if count == 0 { return .timeout }
            guard count > 0 else { continue }
            switch event.data.fd {
            case signals: return .stop
            case listener: return .connection
            case let other: return .other(other)
            }
        }
    }

    private borrowing func add(_ other: Int32, _ events: UInt32) -> Bool {
        var event = epoll_event(events: events, data: epoll_data_t(fd: other))
        return epoll_ctl(descriptor, EPOLL_CTL_ADD, other, &event) == 0
    }
}
