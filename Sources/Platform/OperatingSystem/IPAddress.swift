package import Glibc

/// An address of IPv4 or IPv6; one of IPv4 that is written as IPv6 (`::ffff:10.0.0.1`) is the IPv4 one.
package struct IPAddress: Equatable, Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16.
    package let bytes: [UInt8]

    /// Of its 4 or 16 bytes; nil for any other number of them.
    package init?(_ bytes: [UInt8]) {
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
        switch bytes.count {
        case 4: self.bytes = bytes
        case 16: self.bytes = bytes.starts(with: mapped) ? Array(bytes[12...]) : bytes
        default: return nil
        }
    }

    /// From text (inet_pton(3)): `192.168.1.20`, `fd00::20`; nil for anything else, names too.
    package init?(_ text: String) {
        let isLong = text.utf8.contains(UInt8(ascii: ":"))
        var bytes = [UInt8](repeating: 0, count: isLong ? 16 : 4)
        guard inet_pton(isLong ? AF_INET6 : AF_INET, text, &bytes) == 1 else { return nil }
        self.init(bytes)
    }

    /// From an address of a socket; nil for families other than IPv4 and IPv6.
    package init?(_ address: UnsafePointer<sockaddr>) {
        let start = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let inner = start.loadUnaligned(as: sockaddr_in.self)
            self.init(withUnsafeBytes(of: inner.sin_addr) { Array($0) })
        case AF_INET6:
            let inner = start.loadUnaligned(as: sockaddr_in6.self)
            self.init(withUnsafeBytes(of: inner.sin6_addr) { Array($0) })
        default: return nil
        }
    }

    /// As inet_ntop(3) writes it.
    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count)) != nil else {
            return "?"
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// The addresses that begin with the same bits.
package struct IPNetwork: Equatable, Sendable {
    /// Any address of it.
    package let address: IPAddress
    /// Bits that are the same: 0 to 32, or to 128.
    package let length: Int

    /// From text: `192.168.0.0/16`, `fc00::/7`; an address alone is the network of that one.
    ///
    /// - Returns: nil for anything else, and where bits are set behind the prefix (`192.168.1.1/16`), which is a slip.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let address = IPAddress(parts[0]) else { return nil }
        let longest = address.bytes.count * 8
        guard let length = parts.count == 1 ? longest : Int(parts[1]), (0...longest).contains(length) else {
            return nil
        }
        self.address = address
        self.length = length
        guard prefix(of: address) == address.bytes else { return nil }
    }

    /// Whether the address is one of this network.
    package func contains(_ other: IPAddress) -> Bool {
        other.bytes.count == address.bytes.count && prefix(of: other) == address.bytes
    }

    /// Whether every address of the other network is one of this.
    package func contains(_ other: IPNetwork) -> Bool { other.length >= length && contains(other.address) }

    private func prefix(of other: IPAddress) -> [UInt8] {
        other.bytes.enumerated().map { index, byte in
            let bits = min(8, max(0, length - index * 8))
            return byte & ~UInt8(truncatingIfNeeded: 0xff >> bits)
        }
    }
}
