package import Glibc

/// Which addresses this process may connect to on behalf of somebody who names a machine.
///
/// Who names it must not be able to reach what only this machine sees: the operator's own services, and what a cloud
/// tells its machines (OWASP, "Server Side Request Forgery Prevention"). So the address is judged that the name was
/// resolved to, at the moment of connecting, never the name.
package struct NetworkRules: Sendable {
    private let listed: [IPNetwork]
    private let allowsPublic: Bool

    /// Only the addresses of these networks.
    package init(only networks: [IPNetwork]) { self.init(networks, allowsPublic: false) }

    /// What is routed in the public internet, and the addresses of these networks.
    package init(publicInternetAnd networks: [IPNetwork]) { self.init(networks, allowsPublic: true) }

    private init(_ networks: [IPNetwork], allowsPublic: Bool) {
        listed = networks
        self.allowsPublic = allowsPublic
    }

    /// Whether one may connect to the address.
    ///
    /// Loopback counts only where a listed network lies wholly within loopback: `0.0.0.0/0` does not name it.
    package func allows(_ address: IPAddress) -> Bool {
        let inner = Self.translated(address)
        if Self.never.contains(where: { $0.contains(inner) }) { return false }
        let isListed = listed.contains { network in
            network.contains(inner)
                && Self.loopback.allSatisfy { !$0.contains(inner) || $0.contains(network) }
        }
        if isListed { return true }
        guard allowsPublic, Self.loopback.allSatisfy({ !$0.contains(inner) }) else { return false }
        if inner.bytes.count == 16, !Self.globalUnicast.contains(where: { $0.contains(inner) }) { return false }
        return !Self.special.contains { $0.contains(inner) }
    }

    /// The same for an address of a socket; false for other families than IPv4 and IPv6.
    package func allows(_ address: UnsafePointer<sockaddr>) -> Bool { IPAddress(address).map(allows) ?? false }

    /// What stands in a NAT64 address (RFC 6052) is where one arrives.
    private static func translated(_ address: IPAddress) -> IPAddress {
        guard translation.contains(where: { $0.contains(address) }) else { return address }
        return IPAddress(Array(address.bytes[12...])) ?? address
    }

    private static let translation = networks("64:ff9b::/96")
    private static let loopback = networks("127.0.0.0/8", "::1")
    private static let globalUnicast = networks("2000::/3")

    /// Whatever is listed: this host, link-local, multicast, broadcast, what carries IPv4 within it (RFC 3056, 4380, 8215),
    /// and where clouds answer their machines (AWS, Azure, Alibaba, Oracle).
    private static let never = networks(
        "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16", "100.100.100.200", "192.0.0.192",
        "::", "fe80::/10", "fec0::/10", "ff00::/8", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fd00:ec2::/32",
        "fd20:ce::254")

    /// Not routed in the public internet (IANA's registries of special-purpose addresses).
    private static let special = networks(
        "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "2001::/23", "2001:db8::/32",
        "3fff::/20")

    private static func networks(_ texts: String...) -> [IPNetwork] { texts.compactMap(IPNetwork.init) }
}
