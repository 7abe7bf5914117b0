import FastCGI
import Foundation
import Glibc
import OperatingSystem
import Testing

@Suite(.serialized) struct ListenerTests {
    /// What one accepted request looked like.
    private struct Seen: Sendable, Equatable {
        var uri: String?
        var body: Body
    }

    /// Serves one request and answers "ok"; nil when something else happened.
    private static func serve(_ listener: Listener, limit: Int = 1_000_000) throws -> Seen? {
        switch try listener.accept() {
        case .request(let exchange):
            let seen = Seen(
                uri: exchange.parameters(["REQUEST_URI"]).values["REQUEST_URI"], body: exchange.readBody(limit: limit))
            exchange.send(head: Array("Status: 200 OK\r\n\r\n".utf8), body: Array("ok".utf8))
            return seen
        default:
            return nil
        }
    }

    private func serveOne(_ request: [UInt8], limit: Int = 1_000_000) throws -> (Seen?, Answer) {
        let gate = Gate()
        let client = gate.connect()
        client.sendInBackground(request)
        let descriptor = gate.descriptor
        let seen = try inOwnThread { try Self.serve(Listener(descriptor: descriptor), limit: limit) }
        return (seen, client.answer())
    }

    @Test func aPortIsNoPlaceToListen() {
        let gate = Gate(isLocal: false)
        let error = #expect(throws: OperatingSystemError.self) { _ = try Listener(descriptor: gate.descriptor) }
        #expect(error?.code == EAFNOSUPPORT)
    }

    @Test func aRequestIsReadAndAnswered() throws {
        let (seen, answer) = try serveOne(Records.request(["REQUEST_URI": "/api/gate/"], body: Array("hola".utf8)))
        #expect(seen == Seen(uri: "/api/gate/", body: .complete(Array("hola".utf8))))
        #expect(answer.text == "Status: 200 OK\r\n\r\nok")
        #expect(answer.hasEnd)
    }

    @Test func aBodyInManyRecordsIsJoined() throws {
        let body = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let (seen, answer) = try serveOne(Records.request(body: body, piece: 17))
        #expect(seen?.body == .complete(body))
        #expect(answer.hasEnd)
    }

    @Test func aBodyAtTheLimitIsTakenAndOneByteMoreIsNot() throws {
        let body = [UInt8](repeating: 65, count: 1000)
        #expect(try serveOne(Records.request(body: body), limit: 1000).0?.body == .complete(body))
        #expect(try serveOne(Records.request(body: body), limit: 999).0?.body == .tooLarge)
        #expect(try serveOne(Records.request(body: []), limit: 0).0?.body == .complete([]))
    }

    @Test func aBodyFarOverTheLimitIsDrainedAndAnswered() throws {
        let (seen, answer) = try serveOne(
            Records.request(body: [UInt8](repeating: 65, count: 3_000_000)), limit: 1000)
        #expect(seen?.body == .tooLarge)
        #expect(answer.text.hasSuffix("ok") && answer.hasEnd)
    }

    @Test(arguments: ["3", "5", "-4", "x"]) func aBodyOfAnotherLengthThanAnnouncedIsBroken(_ announced: String) throws {
        let request = Records.request(["CONTENT_LENGTH": announced], body: Array("hola".utf8))
        #expect(try serveOne(request).0?.body == .brokenOff)
    }

    @Test func anAbortedRequestIsBroken() throws {
        let request =
            Records.begin() + Records.parameters([("CONTENT_LENGTH", Array("9".utf8))])
            + Records.body([1, 2], end: false) + Records.abort()
        #expect(try serveOne(request).0?.body == .brokenOff)
    }

    @Test func anAnswerNobodyTakesIsReportedAndKillsNoWorker() throws {
        let gate = Gate()
        let client = gate.connect()
        client.send(Records.request())
        client.hangUp()
        let descriptor = gate.descriptor
        let isTaken = try inOwnThread {
            guard case .request(let exchange) = try Listener(descriptor: descriptor).accept() else { return true }
            return exchange.send(head: [], body: [UInt8](repeating: 65, count: 1_000_000))
        }
        #expect(isTaken == false)
    }

    @Test func aPeerThatGoesAwayInTheMiddleOfTheBodyIsBroken() throws {
        let gate = Gate()
        let client = gate.connect()
        let pieces = Records.parameters([("CONTENT_LENGTH", Array("9".utf8))])
        client.sendInBackground(Records.begin() + pieces + Records.body([1], end: false), thenHangUp: true)
        let descriptor = gate.descriptor
        #expect(try inOwnThread { try Self.serve(Listener(descriptor: descriptor)) }?.body == .brokenOff)
    }

    @Test func connectionsWithoutARequestAreSkipped() throws {
        let gate = Gate()
        gate.connect().hangUp()
        gate.connect().send(Array("GET / HTTP/1.0\r\n\r\n".utf8))
        let client = gate.connect()
        client.send(Records.request(["REQUEST_URI": "/real/"]))
        let descriptor = gate.descriptor
        #expect(try inOwnThread { try Self.serve(Listener(descriptor: descriptor)) }?.uri == "/real/")
        #expect(client.answer().hasEnd)
    }

    @Test func aForgedRequestInABodyIsNeverServed() throws {
        let forged = Records.begin() + Records.parameters([("REQUEST_URI", Array("/forged/".utf8))]) + Records.body([])
        for padding in [0, 7600, 7693, 7800, 8091, 8184, 8192] {
            let body = [UInt8](repeating: 65, count: padding) + forged
            let gate = Gate()
            let first = gate.connect()
            let second = gate.connect()
            first.sendInBackground(Records.request(["REQUEST_URI": "/first/"], body: body, keep: true))
            second.send(Records.request(["REQUEST_URI": "/second/"]))
            let descriptor = gate.descriptor
            let uris = try inOwnThread {
                let listener = try Listener(descriptor: descriptor)
                return try [Self.serve(listener, limit: 0)?.uri, Self.serve(listener, limit: 0)?.uri]
            }
            #expect(uris == ["/first/", "/second/"])
            #expect(first.answer().hasEnd && second.answer().hasEnd)
        }
    }

    @Test func aRequestDroppedUnansweredIsStillFinished() throws {
        let gate = Gate()
        let client = gate.connect()
        client.sendInBackground(Records.request(body: [UInt8](repeating: 65, count: 500_000)))
        let descriptor = gate.descriptor
        try inOwnThread { _ = try Listener(descriptor: descriptor).accept() }
        let answer = client.answer()
        #expect(answer.hasEnd && answer.output.isEmpty)
    }

    @Test func parametersMayBeLongAbsentEmptyOrNotText() throws {
        let gate = Gate()
        let client = gate.connect()
        let long = String(repeating: "á", count: 5000)
        let pairs = [
            ("LONG", Array(long.utf8)), ("EMPTY", []), ("BAD", [0xc3, 0x28]), ("TWICE", [49]), ("TWICE", [50]),
        ]
        client.send(Records.begin() + Records.parameters(pairs) + Records.body([]))
        let descriptor = gate.descriptor
        let seen: [String?] = try inOwnThread {
            guard case .request(let exchange) = try Listener(descriptor: descriptor).accept() else { return [] }
            #expect(!exchange.parameters(["LONG", "BAD"]).areUTF8 && exchange.parameters(["LONG", "ABSENT"]).areUTF8)
            let names = ["LONG", "EMPTY", "BAD", "ABSENT", "TWICE"]
            let values = exchange.parameters(names).values
            return names.map { values[$0] }
        }
        #expect(seen == [long, "", nil, nil, "1"])
    }

    @Test func aWatchedDescriptorIsReported() throws {
        let gate = Gate()
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        write(ends[1], "x", 1)
        let (descriptor, watched) = (gate.descriptor, ends[0])
        let isSeen = try inOwnThread {
            let listener = try Listener(descriptor: descriptor)
            guard case .readable = try listener.accept(alsoWatching: Watched(watched, generation: 1)) else {
                return false
            }
            return true
        }
        #expect(isSeen)
    }

    @Test func aDescriptorNoLongerWatchedIsLeftAlone() throws {
        let gate = Gate()
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        write(ends[1], "x", 1)
        let (descriptor, watched) = (gate.descriptor, ends[0])
        let uri = try inOwnThread {
            let listener = try Listener(descriptor: descriptor)
            guard case .readable = try listener.accept(alsoWatching: Watched(watched, generation: 1)) else {
                return String?.none
            }
            let client = gate.connect()
            client.send(Records.request(["REQUEST_URI": "/after/"]))
            return try Self.serve(listener)?.uri
        }
        #expect(uri == "/after/")
    }

    @Test func aWatchedDescriptorReplacedByAnotherOfTheSameNumberIsReported() throws {
        let gate = Gate()
        var (old, new): ([Int32], [Int32]) = ([0, 0], [0, 0])
        #expect(pipe(&old) == 0 && pipe(&new) == 0)
        defer { (old + new).forEach { close($0) } }
        let client = gate.connect()
        client.send(Records.request())
        write(new[1], "x", 1)
        let (descriptor, watched, replacement) = (gate.descriptor, old[0], new[0])
        let isSeen = try inOwnThread {
            let listener = try Listener(descriptor: descriptor)
            guard case .request = try listener.accept(alsoWatching: Watched(watched, generation: 1)) else {
                return false
            }
            dup2(replacement, watched)
            guard case .readable = try listener.accept(alsoWatching: Watched(watched, generation: 2)) else {
                return false
            }
            return true
        }
        #expect(isSeen)
    }

    @Test func aConnectionWakesOneIdleWorkerAndNotAll() throws {
        let (gate, workers, requests) = (Gate(), 6, 100)
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        let (descriptor, end) = (gate.descriptor, ends[0])
        let wakeUps = (0..<workers).map { _ in
            Running { try Self.wakeUpsWhileServing(Listener(descriptor: descriptor), until: end) }
        }
        Time.sleep(milliseconds: 100)
        for _ in 0..<requests {
            let client = gate.connect()
            client.send(Records.request())
            #expect(client.answer().hasEnd)
            Time.sleep(milliseconds: 1)  // until all of them wait again
        }
        write(ends[1], "x", 1)
        let total = try wakeUps.map { try $0.value() }.reduce(0, +)
        #expect(total < 3 * requests, "without the exclusive watch it is one for each worker and request")
    }

    /// Serves until `end` is readable.
    ///
    /// - Returns: How often this thread went to sleep and was woken.
    private static func wakeUpsWhileServing(_ listener: Listener, until end: Int32) throws -> Int {
        while case .request(let exchange) = try listener.accept(alsoWatching: Watched(end, generation: 1)) {
            exchange.send(head: Array("Status: 200 OK\r\n\r\n".utf8), body: [])
        }
        let status = try Files.readText("/proc/thread-self/status").split(separator: "\n")
        let line = status.first { $0.hasPrefix("voluntary_ctxt_switches:") }
        return line.flatMap { Int($0.split(separator: "\t")[1]) } ?? .max
    }

    @Test func aStopDuringARequestFinishesItAndThenEnds() throws {
        let gate = Gate()
        let clients = [gate.connect(), gate.connect(), gate.connect()]
        clients.forEach { $0.send(Records.request()) }
        let descriptor = gate.descriptor
        let isStopped = try inOwnThread {
            let listener = try Listener(descriptor: descriptor)
            guard case .request(let exchange) = try listener.accept() else { return false }
            pthread_kill(pthread_self(), SIGTERM)
            exchange.send(head: Array("Status: 200 OK\r\n\r\n".utf8), body: [])
            // The others wait already; all have their turn, so a stop does not starve under load.
            if case .stopRequested = try listener.accept() { return true }
            guard case .stopRequested = try listener.accept() else { return false }
            return true
        }
        #expect(isStopped)
        #expect(clients[0].answer().hasEnd)
    }

    @Test(arguments: [SIGTERM, SIGUSR1]) func aStopWhileWaitingEndsTheWait(_ signal: Int32) throws {
        let gate = Gate()
        let descriptor = gate.descriptor
        let isStopped = try inOwnThread {
            let listener = try Listener(descriptor: descriptor)
            let me = UInt(pthread_self())
            Thread.detachNewThread {
                Time.sleep(milliseconds: 100)
                pthread_kill(pthread_t(me), signal)
            }
            guard case .stopRequested = try listener.accept() else { return false }
            return true
        }
        #expect(isStopped)
    }

    @Test func onlyAListeningSocketIsTaken() {
        #expect(throws: OperatingSystemError.self) { try Listener(descriptor: 9999) }
    }
}
