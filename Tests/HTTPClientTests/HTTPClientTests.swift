import HTTPClient
import HTTPFakes
import OperatingSystem
import Testing

@Suite struct HTTPClientTests {
    private let challenge =
        "WWW-Authenticate: Digest realm=\"relay\", nonce=\"abc\", qop=\"auth\", algorithm=SHA-256"

    @Test func aRequestIsSentAsWrittenAndItsAnswerComesBack() throws {
        let server = ScriptedServer([.answer(reply("201 Created", ["X-Relay: on", "Retry-After: 7"], "{}"))])
        let client = HTTPClient(under: loopback)
        let request = HTTPClientRequest(
            "PUT", server.url("/door/../1?a=b"), headers: [("Content-Type", "text/xml"), ("X-Id", "7")],
            body: Array("<a/>".utf8))
        let answer = try ask(client, request, with: server).get()
        #expect(answer.status == 201)
        #expect(answer.body == Array("{}".utf8))
        #expect(answer.header("retry-after") == "7")
        #expect(!answer.isCut)
        let sent = try #require(server.requests.first)
        #expect(sent.hasPrefix("PUT /door/../1?a=b HTTP/1.1\r\n"))
        #expect(sent.contains("\r\nContent-Type: text/xml\r\n"))
        #expect(sent.contains("\r\nContent-Length: 4\r\n"))
        #expect(sent.hasSuffix("\r\n\r\n<a/>"))
        #expect(!sent.contains("Expect"))
    }

    @Test func whoAsksIsSaidInTheWayThatIsAskedFor() throws {
        let server = ScriptedServer([.answer(reply("200 OK")), .answer(reply("200 OK"))])
        let client = HTTPClient(under: loopback)
        for authentication in [HTTPClientRequest.Authentication.basic(user: "u", password: "p:w"), .bearer("t0k")] {
            _ = try ask(client, HTTPClientRequest("GET", server.url(), authentication: authentication), with: server)
                .get()
        }
        #expect(server.requests.map { $0.contains("\r\nAuthorization: Basic dTpwOnc=\r\n") } == [true, false])
        #expect(server.requests.map { $0.contains("\r\nAuthorization: Bearer t0k\r\n") } == [false, true])
    }

    @Test func aDigestChallengeIsAnsweredAndRemembered() throws {
        let refusal = ScriptedServer.Step.answer(reply("401 Unauthorized", [challenge], "no"))
        let server = ScriptedServer([refusal, .answer(reply("200 OK", [], "yes")), .answer(reply("200 OK", [], "yes"))])
        let client = HTTPClient(under: loopback)
        var request = HTTPClientRequest(
            "POST", server.url("/open"), body: Array("on".utf8),
            authentication: .digest(user: "admin", password: "secret"),
            isRepeatable: false)
        #expect(try ask(client, request, with: server).get().body == Array("yes".utf8))
        request.body = Array("off".utf8)
        #expect(try ask(client, request, with: server).get().status == 200)
        #expect(server.requests.count == 3)
        #expect(server.requests.map { $0.contains("Authorization: Digest username=\"admin\"") } == [false, true, true])
        #expect(server.requests.map { $0.contains("algorithm=SHA-256") } == [false, true, true])
        #expect(server.requests.map { $0.split(separator: "\r\n\r\n").dropFirst().joined() } == ["", "on", "off"])
        #expect(!server.requests.joined().contains("secret"))
    }

    @Test func whatOpensADoorLeavesOnce() throws {
        // The second request comes over the kept connection of the first, which the server closes without an answer.
        for isRepeatable in [true, false] {
            let server = ScriptedServer([.answer(reply("200 OK")), .hangUp, .answer(reply("200 OK"))])
            let client = HTTPClient(under: loopback)
            var request = HTTPClientRequest("GET", server.url("/open"))
            _ = try ask(client, request, with: server).get()
            request.isRepeatable = isRepeatable
            let result = try ask(client, request, with: server)
            #expect(server.requests.count == (isRepeatable ? 3 : 2))
            if case .failure(let error) = result { #expect(error.reason == .lost && error.wasSent) }
            #expect((try? result.get().status) == (isRepeatable ? 200 : nil))
        }
    }

    @Test func whatIsNoLongerFreshIsNotSent() throws {
        let server = ScriptedServer([.answer(reply("200 OK"))])
        let request = HTTPClientRequest("GET", server.url(), freshUntil: Time.monotonicMilliseconds())
        guard case .failure(let error) = try ask(HTTPClient(under: loopback), request, with: server) else {
            return #expect(Bool(false))
        }
        #expect(error.reason == .late && !error.wasSent)
        #expect(server.requests.isEmpty)
    }

    @Test func whoAsksForNoPasswordHasOpenedAlreadyAndIsNotAskedAgain() throws {
        let server = ScriptedServer([.answer(reply("200 OK")), .answer(reply("200 OK"))])
        let request = HTTPClientRequest(
            "POST", server.url("/open"), authentication: .digest(user: "a", password: "b"), isRepeatable: false)
        let result = try ask(HTTPClient(under: loopback), request, with: server)
        #expect(throws: HTTPClientError.self) { try result.get() }
        #expect(server.requests.count == 1)
    }

    @Test func aRedirectIsAnAnswerLikeOthers() throws {
        let other = ScriptedServer([.answer(reply("200 OK"))])
        let server = ScriptedServer([.answer(reply("302 Found", ["Location: \(other.url())"]))])
        #expect(
            try ask(HTTPClient(under: loopback), HTTPClientRequest("GET", server.url()), with: server).get().status
                == 302)
        other.work()
        #expect(other.connections == 0)
    }

    @Test func anEndlessBodyIsCut() throws {
        let server = ScriptedServer([.flood])
        let request = HTTPClientRequest("GET", server.url(), answerLimit: 1000)
        let answer = try ask(HTTPClient(under: loopback), request, with: server).get()
        #expect(answer.isCut && answer.status == 200 && answer.body.count == 1000)
    }

    @Test func whoDripsOrKeepsSilentCostsTheTimeAndNobodyElse() throws {
        let slow = ScriptedServer([.drip("HTTP/1.1 200 OK\r\n\r\n")])
        let silent = ScriptedServer([.silence])
        let quick = ScriptedServer([.answer(reply("200 OK"))])
        let client = HTTPClient(under: loopback, connectMilliseconds: 1000, totalMilliseconds: 1500)
        var order: [String] = []
        var failures: [HTTPClientError] = []
        for (name, server) in [("slow", slow), ("silent", silent), ("quick", quick)] {
            client.send(HTTPClientRequest("GET", server.url(), isRepeatable: false)) { result in
                order.append(name)
                if case .failure(let error) = result { failures.append(error) }
            }
        }
        while client.pending > 0 {
            for server in [slow, silent, quick] { server.work() }
            for watch in client.watched { client.proceed([watch.descriptor]) }
            client.proceed([])
            Time.sleep(milliseconds: 1)
        }
        #expect(order.first == "quick")
        #expect(failures.map(\.reason) == [.timeout, .timeout])
        #expect(failures.map(\.wasSent) == [true, true])
    }

    @Test func nobodyThereIsKnownNotToHaveOpened() throws {
        let port = ScriptedServer([]).port  // closed again
        let result = try ask(HTTPClient(under: loopback), HTTPClientRequest("GET", "http://127.0.0.1:\(port)/"))
        guard case .failure(let error) = result else { return #expect(Bool(false)) }
        #expect(error.reason == .noConnection && !error.wasSent)
    }

    @Test(arguments: ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1"])
    func whereOneMayNotGoIsDecidedByTheAddress(_ host: String) throws {
        let server = ScriptedServer([.answer(reply("200 OK"))])
        let client = HTTPClient(under: NetworkRules(only: ["10.0.0.0/8", "192.168.0.0/16"].compactMap(IPNetwork.init)))
        let result = try ask(client, HTTPClientRequest("GET", "http://\(host):\(server.port)/"), with: server)
        guard case .failure(let error) = result else { return #expect(Bool(false)) }
        #expect(error.reason == .refusedAddress && !error.wasSent)
        server.work()
        #expect(server.connections == 0)
    }

    @Test(arguments: [
        "file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1", "http://a b/", "http://", "http://u:p@127.0.0.1/",
        "http://127.0.0.1/\r\nX: y", "gopher://127.0.0.1/",
    ])
    func whatIsNoAddressOfHTTPIsRefused(_ url: String) throws {
        guard case .failure(let error) = try ask(HTTPClient(under: loopback), HTTPClientRequest("GET", url)) else {
            return #expect(Bool(false))
        }
        #expect(error.reason == .unusable && !error.wasSent)
    }

    @Test func headersAreNotInjected() throws {
        for request in [
            HTTPClientRequest("GET", "http://127.0.0.1/", headers: [("X", "a\r\nY: b")]),
            HTTPClientRequest("GET /x", "http://127.0.0.1/"),
            HTTPClientRequest("GET", "http://127.0.0.1/", headers: [("X: a", "b")]),
        ] {
            guard case .failure(let error) = try ask(HTTPClient(under: loopback), request) else {
                return #expect(Bool(false))
            }
            #expect(error.reason == .unusable)
        }
    }

    @Test func whatIsNotHTTPIsNoAnswer() throws {
        let server = ScriptedServer([.answer("hello world, this is no HTTP\r\n\r\n")])
        guard
            case .failure(let error) = try ask(
                HTTPClient(under: loopback), HTTPClientRequest("GET", server.url()), with: server)
        else { return #expect(Bool(false)) }
        #expect(error.wasSent && error.reason == .notHTTP)
    }
}
