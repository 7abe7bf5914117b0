import Glibc

/// Where a datagram goes to or comes from: an address of IPv4 and a port.
package struct SocketEndpoint: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// The machine.
    package let address: IPAddress
    /// The port.
    package let port: UInt16

    /// Pairs both.
    package init(_ address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// From `192.168.1.100:60000`; nil for anything else, names and IPv6 too.
    /// - Parameter defaultPort: of an address alone; nil where one must be named.
    package init?(_ text: String, defaultPort: UInt16? = nil) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let address = IPAddress(parts[0]), address.bytes.count == 4, parts.count <= 2 else { return nil }
        guard let port = parts.count == 2 ? UInt16(parts[1]) : defaultPort, port > 0 else { return nil }
        self.init(address, port: port)
    }

    /// `192.168.1.100:60000`.
    package var description: String { "\(address):\(port)" }

    /// An address of a socket (ip(7)).
    init?(_ socketAddress: sockaddr_in) {
        guard let address = IPAddress(withUnsafeBytes(of: socketAddress.sin_addr) { Array($0) }) else { return nil }
        self.init(address, port: UInt16(bigEndian: socketAddress.sin_port))
    }

    private var socketAddress: sockaddr_in {
        var result = sockaddr_in()
        result.sin_family = sa_family_t(AF_INET)
        result.sin_port = port.bigEndian
        withUnsafeMutableBytes(of: &result.sin_addr) { $0.copyBytes(from: address.bytes.prefix(4)) }
        return result
    }

    /// Calls a function of the C library with it.
    func withSocketAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int) -> Int {
        var inner = socketAddress
        return withUnsafePointer(to: &inner) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
