import Glibc

/// A socket for datagrams of IPv4 that never waits (udp(7)).
package final class DatagramSocket {
    /// For poll(2).
    package let descriptor: Int32

    /// - Parameters:
    ///   - port: where it listens; 0 for one that the system chooses.
    ///   - not: a port that the system must not choose.
    ///   - mayBroadcast: whether it may send to all machines of a network.
    package init(port: UInt16 = 0, not avoided: UInt16 = 0, mayBroadcast: Bool = false) throws(OperatingSystemError) {
        var refused: [Int32] = []
        defer { for one in refused { close(one) } }
        while true {
            let one = try Self.bound(to: port)
            if port != 0 || Self.port(of: one) != avoided {
                descriptor = one
                break
            }
            // Kept until another is found, or the system would choose the same again.
            refused.append(one)
        }
        var yes: Int32 = mayBroadcast ? 1 : 0
        setsockopt(descriptor, SOL_SOCKET, SO_BROADCAST, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    /// Sends one datagram; false where the system did not take it.
    package func send(_ bytes: [UInt8], to endpoint: SocketEndpoint) -> Bool {
        endpoint.withSocketAddress { sendto(descriptor, bytes, bytes.count, 0, $0, $1) } == bytes.count
    }

    /// The next datagram that has come, at most so long, and from where; nil when none waits.
    package func receive(limit: Int) -> (bytes: [UInt8], from: SocketEndpoint)? {
        var sender = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var count = -1
        let bytes = [UInt8](unsafeUninitializedCapacity: limit + 1) { buffer, filled in
            count = withUnsafeMutablePointer(to: &sender) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, buffer.baseAddress, limit + 1, 0, $0, &length)
                }
            }
            filled = max(0, count)
        }
        guard count >= 0, let endpoint = SocketEndpoint(sender) else { return nil }
        return (bytes, endpoint)
    }

    private static func bound(to port: UInt16) throws(OperatingSystemError) -> Int32 {
        let descriptor = socket(
            AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw OperatingSystemError("make a socket") }
        // The address is left at zeros: every one of this machine.
        var here = sockaddr_in()
        here.sin_family = sa_family_t(AF_INET)
        here.sin_port = port.bigEndian
        let result = withUnsafePointer(to: &here) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            close(descriptor)
            throw OperatingSystemError("listen on UDP port \(port)", code: code)
        }
        return descriptor
    }

    private static func port(of descriptor: Int32) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
