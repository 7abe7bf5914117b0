import Glibc

/// A connection of TCP over IPv4 that never waits (tcp(7)).
package final class ClientConnection {
    /// For poll(2).
    package let descriptor: Int32
    /// Whether the other end has answered.
    package private(set) var isConnected = false
    private var outgoing: [UInt8] = []

    /// Begins to connect; nil where the system refuses at once.
    package init?(to endpoint: SocketEndpoint) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        let result = endpoint.withSocketAddress { Int(connect(descriptor, $0, $1)) }
        // The deinitializer closes it.
        if result != 0, errno != EINPROGRESS { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether it waits to write as well as to read.
    package var wantsToWrite: Bool { !isConnected || !outgoing.isEmpty }

    /// Sends this as soon as the connection takes it.
    package func send(_ bytes: [UInt8]) { outgoing += bytes }

    /// Writes what waits; false once the connection is broken.
    package func write() -> Bool {
        if !isConnected {
            var code: Int32 = 0
            var length = socklen_t(MemoryLayout<Int32>.size)
            guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0, code == 0 else { return false }
            guard Poll.until(descriptor, is: .writable, milliseconds: 0) else { return true }
            isConnected = true
        }
        guard !outgoing.isEmpty else { return true }
        let count = Glibc.send(descriptor, outgoing, outgoing.count, Int32(clamping: MSG_NOSIGNAL))
        if count > 0 { outgoing.removeFirst(count) }
        return count >= 0 || errno == EAGAIN || errno == EINTR
    }

    /// What has come, at most so much; nil once the connection has ended.
    package func read(limit: Int) -> [UInt8]? {
        var count = -1
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            count = recv(descriptor, buffer.baseAddress, limit, 0)
            filled = max(0, count)
        }
        if count > 0 { return bytes }
        return count < 0 && (errno == EAGAIN || errno == EINTR) ? [] : nil
    }
}
