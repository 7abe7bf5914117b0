import FastCGI
import Foundation
import Glibc
import OperatingSystem
import Testing

/// Connections that the web server wants to keep.
@Suite(.serialized) struct KeptConnectionTests {
    /// Serves so many requests; the URI of each, "end" in place of anything else.
    private static func serve(_ count: Int, _ listener: Listener, limit: Int = 1_000_000) throws -> [String] {
        try (0..<count).map { _ in
            guard case .request(let exchange) = try listener.accept() else { return "end" }
            let uri = exchange.parameters(["REQUEST_URI"]).values["REQUEST_URI"] ?? ""
            _ = exchange.readBody(limit: limit)
            exchange.send(head: Array("Status: 200 OK\r\n\r\n".utf8), body: Array(uri.utf8))
            return uri
        }
    }

    private static func request(_ uri: String, body: [UInt8] = []) -> [UInt8] {
        Records.request(["REQUEST_URI": uri], body: body, keep: true)
    }

    /// Whether nothing follows the end of the answer: nginx keeps the connection then, and only then.
    private static func isKept(_ bytes: [UInt8]) -> Bool {
        bytes.suffix(16).first == 1 && bytes.suffix(16)[bytes.count - 15] == 3
    }

    @Test func aKeptConnectionServesOneRequestAfterAnother() throws {
        let gate = Gate()
        let client = gate.connect()
        let descriptor = gate.descriptor
        let worker = Running { try Self.serve(3, Listener(descriptor: descriptor)) }
        for uri in ["/1/", "/2/", "/3/"] {
            client.send(Self.request(uri, body: Array("hola".utf8)))
            let bytes = client.keptAnswer()
            #expect(Answer(bytes).text.hasSuffix(uri) && Self.isKept(bytes))
        }
        #expect(try worker.value() == ["/1/", "/2/", "/3/"])
    }

    @Test func whoeverComesNewWaitsForNoKeptConnectionAndEachHasItsTurn() throws {
        let gate = Gate()
        let (kept, other) = (gate.connect(), gate.connect())
        let descriptor = gate.descriptor
        kept.send(Self.request("/kept/1/"))
        let worker = Running {
            let listener = try Listener(descriptor: descriptor)
            return try Self.serve(2, listener) + Self.serve(2, listener)
        }
        #expect(Self.isKept(kept.keptAnswer()))
        // Idle now: it holds nobody up.
        other.send(Self.request("/other/1/"))
        #expect(Self.isKept(other.keptAnswer()))
        kept.send(Self.request("/kept/2/"))
        _ = kept.keptAnswer()
        other.send(Self.request("/other/2/"))
        _ = other.keptAnswer()
        #expect(try worker.value() == ["/kept/1/", "/other/1/", "/kept/2/", "/other/2/"])
    }

    @Test func oneConnectionTooManyIsServedAndEndedWithItsAnswer() throws {
        let gate = Gate()
        let client = gate.connect()
        let descriptor = gate.descriptor
        client.send(Self.request("/1/"))
        _ = try inOwnThread { try Self.serve(1, Listener(descriptor: descriptor, keptAtMost: 0)) }
        let bytes = client.keptAnswer()
        #expect(Answer(bytes).text.hasSuffix("/1/"))
        #expect(!Self.isKept(bytes) && bytes.last == 0, "a byte behind the end tells nginx not to keep it")
        #expect(client.isClosed)
    }

    @Test func aLongAnswerKeepsTheConnectionToo() throws {
        let gate = Gate()
        let client = gate.connect()
        let descriptor = gate.descriptor
        let long = [UInt8](repeating: 65, count: 200_000)
        let worker = Running {
            let listener = try Listener(descriptor: descriptor)
            for _ in 0..<2 {
                guard case .request(let exchange) = try listener.accept() else { return }
                exchange.send(head: Array("Status: 200 OK\r\n\r\n".utf8), body: long)
            }
        }
        for _ in 0..<2 {
            client.send(Self.request("/"))
            #expect(Answer(client.keptAnswer()).output.count == long.count + 18)
        }
        try worker.value()
    }

    @Test func aForgedRequestInABodyIsNeverServed() throws {
        let forged = Records.begin() + Records.parameters([("REQUEST_URI", Array("/forged/".utf8))]) + Records.body([])
        for padding in [0, 7600, 7693, 7800, 8091, 8184, 8192] {
            let body = [UInt8](repeating: 65, count: padding) + forged
            let gate = Gate()
            let client = gate.connect()
            let descriptor = gate.descriptor
            let worker = Running { try Self.serve(2, Listener(descriptor: descriptor), limit: 0) }
            client.sendInBackground(Self.request("/first/", body: body))
            #expect(Answer(client.keptAnswer()).text.hasSuffix("/first/"))
            client.send(Self.request("/second/"))
            #expect(Answer(client.keptAnswer()).text.hasSuffix("/second/"))
            #expect(try worker.value() == ["/first/", "/second/"])
        }
    }

    @Test func afterABrokenBodyTheConnectionIsNotKept() throws {
        let gate = Gate()
        let client = gate.connect()
        let descriptor = gate.descriptor
        client.send(
            Records.begin(keep: true) + Records.parameters([("CONTENT_LENGTH", Array("9".utf8))])
                + Records.body([1, 2], end: false) + Records.abort())
        _ = try inOwnThread { try Self.serve(1, Listener(descriptor: descriptor)) }
        #expect(!Self.isKept(client.keptAnswer()) && client.isClosed)
    }

    @Test func aWorkerThatStopsTellsItsPeersAndServesThemUntilTheyEndTheirConnections() throws {
        let gate = Gate()
        let (busy, idle) = (gate.connect(), gate.connect())
        let descriptor = gate.descriptor
        let mayStop = DispatchSemaphore(value: 0)
        busy.send(Self.request("/busy/1/"))
        idle.send(Self.request("/idle/1/"))
        let worker = Running {
            let listener = try Listener(descriptor: descriptor)
            var uris = try Self.serve(2, listener)
            mayStop.wait()
            listener.stopAccepting()
            uris += try Self.serve(1, listener)
            guard case .drained = try listener.accept() else { return uris + ["more"] }
            return uris
        }
        #expect(Self.isKept(busy.keptAnswer()) && Self.isKept(idle.keptAnswer()))
        mayStop.signal()
        // An empty piece of standard error: nginx ends an idle connection on which anything arrives.
        let word: [UInt8] = [1, 7, 0, 1, 0, 0, 0, 0]
        #expect(idle.read(8) == word)
        let new = gate.connect()
        new.send(Self.request("/new/"))
        busy.send(Self.request("/busy/2/"))
        #expect(busy.read(8) == word)
        #expect(!Self.isKept(busy.keptAnswer()) && busy.read(1).isEmpty)
        #expect(!idle.isClosed, "a request may be on its way")
        idle.hangUp()
        #expect(try Set(worker.value()) == ["/busy/1/", "/idle/1/", "/busy/2/"])
    }

    @Test func whatWaitsBehindARequestIsTurnedAway() throws {
        let gate = Gate()
        let (slow, waiting) = (gate.connect(), gate.connect())
        let descriptor = gate.descriptor
        slow.send(Self.request("/slow/1/"))
        waiting.send(Self.request("/waiting/1/"))
        let worker = Running {
            let listener = try Listener(descriptor: descriptor)
            let uris = try Self.serve(2, listener)
            guard case .request(let exchange) = try listener.accept() else { return uris }
            // As a worker does while the database does not answer.
            let others = listener.waiting
            #expect(others.count == 1)
            for other in others {
                #expect(listener.turnAway(other, head: Array("Status: 200 OK\r\nX-Elsewhere: 1\r\n\r\n".utf8)))
            }
            exchange.send(head: Array("Status: 200 OK\r\n\r\n".utf8), body: Array("slow".utf8))
            return uris
        }
        _ = slow.keptAnswer()
        _ = waiting.keptAnswer()
        slow.send(Self.request("/slow/2/"))
        Time.sleep(milliseconds: 50)
        waiting.send(Self.request("/waiting/2/", body: Array("hola".utf8)))
        #expect(Answer(waiting.keptAnswer()).text.contains("X-Elsewhere"))
        #expect(Answer(slow.keptAnswer()).text.hasSuffix("slow"))
        #expect(try worker.value().count == 2)
    }
}
