import Glibc
import OperatingSystem
import Testing

@Suite struct ProcessTests {
    @Test func theEnvironmentIsRead() {
        setenv("GARITA_TEST_VALUE", "señal", 1)
        #expect(Environment.value(of: "GARITA_TEST_VALUE") == "señal")
        #expect(Environment.value(of: "GARITA_TEST_NOTHING") == nil)
    }

    @Test func theClocksGoForward() {
        let start = Time.monotonicMilliseconds()
        Time.sleep(milliseconds: 20)
        #expect(Time.monotonicMilliseconds() - start >= 20)
        #expect(Time.wallSeconds() > 1_700_000_000)
    }

    @Test func waitingEndsWhenTheTimeIsOverOrSomethingArrives() {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        #expect(Poll.until(ends[0], is: .readable, milliseconds: 20) == false)
        #expect(write(ends[1], "x", 1) == 1)
        #expect(Poll.until(ends[0], is: .readable, milliseconds: 20))
        #expect(Poll.until(ends[0], is: .readable, milliseconds: nil))
    }

    @Test func aConnectionIsClosedWhenTheOtherEndIsAndNotWhenItOnlySendsNoMore() {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        #expect(write(ends[1], "x", 1) == 1)
        #expect(!Poll.isClosed(ends[0]))
        shutdown(ends[1], Int32(SHUT_WR))
        #expect(!Poll.isClosed(ends[0]))
        close(ends[1])
        #expect(Poll.isClosed(ends[0]))
        close(ends[0])
    }

    @Test func aLogLineIsOneWrite() {
        // A datagram socket keeps the borders between writes.
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &ends) == 0)
        let saved = dup(STDERR_FILENO)
        dup2(ends[0], STDERR_FILENO)
        StandardError.write("one line\n")
        dup2(saved, STDERR_FILENO)
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = recv(ends[1], &buffer, buffer.count, Int32(MSG_DONTWAIT))
        #expect(count == 9)
        ([saved] + ends).forEach { close($0) }
    }
}
