import Glibc

/// Waits for one descriptor (poll(2)).
package enum Poll {
    /// What to wait for.
    package enum Interest: Sendable {
        /// Input has arrived.
        case readable
        /// Output can be taken.
        case writable
        /// One of both.
        case either
    }

    /// Waits until the descriptor is ready (also: closed or broken, which the next read or write will tell).
    ///
    /// - Parameter milliseconds: How long at most; 0 only looks, nil waits for ever.
    /// - Returns: False when the time was over first.
    package static func until(_ descriptor: Int32, is interest: Interest, milliseconds: Int64?) -> Bool {
        var request = pollfd(fd: descriptor, events: events(interest), revents: 0)
        guard let milliseconds else {
            while poll(&request, 1, -1) < 0 && errno == EINTR {}
            return true
        }
        let end = Time.monotonicMilliseconds() + milliseconds
        var left = max(0, milliseconds)
        while true {
            let ready = poll(&request, 1, Int32(clamping: left))
            if ready > 0 { return true }
            if ready == 0 || errno != EINTR { return ready != 0 }
            left = max(0, end - Time.monotonicMilliseconds())
        }
    }

    /// Waits until one of several descriptors is ready.
    ///
    /// - Parameter others: looked at for input; the first descriptor comes first when several are ready.
    /// - Returns: nil when the time was over first, or when a signal ended the wait.
    package static func first(
        _ descriptor: Int32, is interest: Interest, orReadable others: [Int32], milliseconds: Int64
    ) -> Int32? {
        var requests = [pollfd(fd: descriptor, events: events(interest), revents: 0)]
        for other in others { requests.append(pollfd(fd: other, events: events(.readable), revents: 0)) }
        guard poll(&requests, nfds_t(requests.count), Int32(clamping: max(0, milliseconds))) > 0 else { return nil }
        return requests.first { $0.revents != 0 }?.fd
    }

    /// Waits until one of several descriptors is ready (also: closed or broken).
    ///
    /// - Parameter milliseconds: how long at most; nil for ever.
    /// - Returns: Those that are ready; none when the time was over first, or when a signal ended the wait.
    package static func all(
        _ watched: [(descriptor: Int32, interest: Interest)], milliseconds: Int64?
    ) -> Set<Int32> {
        var requests = watched.map { pollfd(fd: $0.descriptor, events: events($0.interest), revents: 0) }
        let time = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
        guard poll(&requests, nfds_t(requests.count), time) > 0 else { return [] }
        return Set(requests.filter { $0.revents != 0 }.map(\.fd))
    }

    /// Whether the other end of a connection has closed it; one that only sends no more has not.
    package static func isClosed(_ descriptor: Int32) -> Bool {
        // poll(2): POLLHUP is told without being asked for.
        var request = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&request, 1, 0) > 0 && request.revents & Int16(POLLHUP | POLLERR) != 0
    }

    private static func events(_ interest: Interest) -> Int16 {
        switch interest {
        case .readable: Int16(POLLIN)
        case .writable: Int16(POLLOUT)
        case .either: Int16(POLLIN | POLLOUT)
        }
    }
}
