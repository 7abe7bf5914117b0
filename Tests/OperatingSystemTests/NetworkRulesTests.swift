import OperatingSystem
import Testing

extension NetworkRules {
    /// What doors are looked for in unless an operator says otherwise (RFC 1918, 4193, 6598).
    fileprivate static let privateNetworks = NetworkRules(
        only: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"].compactMap(IPNetwork.init))
    fileprivate static let publicInternet = NetworkRules(publicInternetAnd: [])
}

@Suite struct NetworkRulesTests {
    private func allows(_ rules: NetworkRules, _ text: String) -> Bool? { IPAddress(text).map(rules.allows) }

    @Test(arguments: ["10.1.2.3", "172.31.255.255", "192.168.0.1", "100.64.0.9", "fd12::1", "::ffff:192.168.0.1"])
    func doorsStandInPrivateNetworks(_ text: String) {
        #expect(allows(.privateNetworks, text) == true)
        #expect(allows(.publicInternet, text) == false)
    }

    @Test(arguments: ["8.8.8.8", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"])
    func receiversStandInThePublicInternet(_ text: String) {
        #expect(allows(.publicInternet, text) == true)
        #expect(allows(.privateNetworks, text) == false)
    }

    @Test(arguments: [
        "127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "0.0.0.0", "::", "169.254.169.254",
        "::ffff:169.254.169.254", "fe80::1", "224.0.0.1", "ff02::1", "255.255.255.255", "100.100.100.200",
        "fd00:ec2::254", "2002:7f00:1::", "2001:0:1::",
    ])
    func nobodyReachesThisMachineOrItsCloud(_ text: String) throws {
        let everything = try ["0.0.0.0/0", "::/0"].map { try #require(IPNetwork($0)) }
        #expect(allows(NetworkRules(only: everything), text) == false)
        #expect(allows(NetworkRules(publicInternetAnd: everything), text) == false)
        #expect(allows(.publicInternet, text) == false)
        #expect(allows(.privateNetworks, text) == false)
    }

    @Test func loopbackIsAllowedOnlyWhereItIsNamed() throws {
        let rules = NetworkRules(only: [try #require(IPNetwork("127.0.0.0/8"))])
        #expect(allows(rules, "127.0.0.1") == true)
        #expect(allows(rules, "::1") == false)
        #expect(allows(rules, "10.0.0.1") == false)
        #expect(allows(NetworkRules(only: [try #require(IPNetwork("126.0.0.0/7"))]), "127.0.0.1") == false)
    }

    @Test(arguments: [
        "10.0.0.0/33", "10.0.0.1/8", "10.0.0", "relay.local", "", "10.0.0.0/8/8", "fd00::/129", "10.0.0.0/x",
    ])
    func aSlipIsNoNetwork(_ text: String) { #expect(IPNetwork(text) == nil) }

    @Test func anAddressIsWrittenAsPeopleDo() {
        #expect(IPAddress("::ffff:10.0.0.1")?.description == "10.0.0.1")
        #expect(IPAddress("FD00:0:0::1")?.description == "fd00::1")
    }
}
