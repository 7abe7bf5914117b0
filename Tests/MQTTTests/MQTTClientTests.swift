import Glibc
import MQTT
import OperatingSystem
import Testing

/// What no broker is needed for; the rest is tested with a real one (Tests/Integration/test_mqtt.py).
@Suite struct MQTTClientTests {
    /// What a client of a host tells until it tells of a loss, and the longest that one turn took.
    private func loss(_ host: String, _ port: Int32, security: MQTTSettings.Security = .none, isAllowed: Bool = true)
        -> (reason: String?, longest: Int64)
    {
        let settings = MQTTSettings(
            host: host, port: port, security: security, will: .init(topic: "t/availability", payload: "offline"))
        var reason: String?
        var longest: Int64 = 0
        let client = MQTTClient(settings, name: "test", isAllowed: { _ in isAllowed }) { event in
            if case .lost(let words) = event { reason = words }
        }
        let end = Time.monotonicMilliseconds() + 20_000
        while reason == nil, Time.monotonicMilliseconds() < end {
            if let watched = client.watched.first {
                _ = Poll.until(watched.descriptor, is: watched.interest, milliseconds: 20)
            } else {
                Time.sleep(milliseconds: 5)
            }
            let began = Time.monotonicMilliseconds()
            client.proceed(Set(client.watched.map(\.descriptor)))
            longest = max(longest, Time.monotonicMilliseconds() - began)
        }
        return (reason, longest)
    }

    /// A port of this machine where nobody answers: listened to, with a full queue, or not at all.
    private func port(listens: Bool) -> (descriptor: Int32, port: Int32) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length)
                getsockname(descriptor, pointer, &length)
            }
        }
        if listens { listen(descriptor, 8) }
        return (descriptor, Int32(UInt16(bigEndian: address.sin_port)))
    }

    @Test(arguments: [MQTTSettings.Security.none, .system, .pinned([1, 2, 3])])
    func aBrokerThatIsDeadHoldsNobodyUp(security: MQTTSettings.Security) {
        let dead = port(listens: false)
        defer { close(dead.descriptor) }
        let refused = loss("127.0.0.1", dead.port, security: security)
        #expect(refused.reason != nil)
        #expect(refused.longest < 1000)
    }

    @Test(arguments: [MQTTSettings.Security.none, .system])
    func aBrokerThatSaysNothingIsGivenUp(security: MQTTSettings.Security) {
        let silent = port(listens: true)
        defer { close(silent.descriptor) }
        let late = loss("localhost", silent.port, security: security)
        #expect(late.reason == "no answer in time")
        #expect(late.longest < 1000)
    }

    @Test func onlyAllowedAddressesAreConnectedTo() {
        let listener = port(listens: true)
        defer { close(listener.descriptor) }
        #expect(loss("127.0.0.1", listener.port, isAllowed: false).reason == "the address is in no allowed network")
        #expect(!Poll.until(listener.descriptor, is: .readable, milliseconds: 50))
    }

    @Test func aNameThatDoesNotExistHasNoAddress() {
        #expect(loss("no-such-host.invalid", 1883).reason != nil)
    }
}
