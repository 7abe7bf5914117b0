import Cryptography
import Images
import JSON
import PostgreSQL
import Testing
import Web

@Suite("The machine before the database")
struct ApplicationTests {
    private static let now: Int64 = 1_800_000_000
    private static let nowhere = ConnectionText(pairs: [("host", "/nowhere")])
    private static let master = MasterKey(generation: 1, secret: .random())
    private static let keys = Keys.random(signingWith: master)
    private static var programs: APIClients { APIClients(keys, devices: NoDevices()) { _, _, _ in .noContent } }
    private let application = Application(
        routes: [
            Route(.get, "/api/things/", for: .roles([Role(rawValue: "ADMIN")]), named: "List") {
                _ throws(HTTPError) in
                { _ in .json(["things": []]) }
            },
            Route(.post, "/api/open/", for: .anyone, named: "Open") { _ throws(HTTPError) in
                { _ in .noContent }
            },
        ],
        keys: keys, photos: PhotoFolder("/nowhere"), programs: programs, now: { now })

    @Test func `who is signed in and may, gets the answer`() throws {
        #expect(try answer("GET", "/api/things/", token("ADMIN")) == #"200 {"things":[]}"#)
    }

    @Test func `deny is the default: another role hears 403, nobody 401`() throws {
        #expect(
            try answer("GET", "/api/things/", token("GUARD"))
                == #"403 {"detail":"You do not have permission to perform this action."}"#)
        #expect(
            try answer("GET", "/api/things/")
                == #"401 {"detail":"Authentication credentials were not provided."}"#)
    }

    @Test func `a stranger hears 401 before 405, a caller hears 405`() throws {
        #expect(try answer("DELETE", "/api/things/").hasPrefix("401"))
        #expect(
            try answer("DELETE", "/api/things/", token("ADMIN")) == #"405 {"detail":"Method \"DELETE\" not allowed."}"#)
        #expect(try answer("GET", "/api/open/").hasPrefix("405"))
    }

    @Test(arguments: [
        ("Bearers x", "Authentication credentials were not provided."), ("Basic eDp5", "Authentication credentials"),
        ("Bearer", "two space-delimited values"), ("Bearer a b", "two space-delimited values"),
        ("BEARER \t", "two space-delimited values"), ("Bearer garbage", "Token is invalid"),
        ("bearer garbage", "Token is invalid"), ("Bea\u{52}er\u{2}x", "Authentication credentials"),
    ])
    func `a header that is no token is a 401 in the legacy API's words`(header: String, words: String) throws {
        let text = try answer("GET", "/api/things/", header)
        #expect(text.hasPrefix("401 "))
        #expect(text.contains(words))
    }

    @Test(arguments: ["bearer ", "BEARER ", "bEaReR ", "Bearer   ", "bearer\t "])
    func `the scheme has any case, and blanks behind it`(scheme: String) throws {
        let header = scheme + token("ADMIN").dropFirst("Bearer ".count)
        #expect(try answer("GET", "/api/things/", header) == #"200 {"things":[]}"#)
    }

    @Test func `an old token is told that it expired`() throws {
        let old = Tokens(signingWith: Self.master).access(for: subject("ADMIN"), now: Self.now - 3_601)
        #expect(try answer("GET", "/api/things/", "Bearer \(old)").contains("Token is expired"))
    }

    @Test func `a token seen before still expires`() throws {
        var moment = Self.now
        let application = Application(
            routes: [
                Route(.get, "/me/", for: .signedIn, named: "Me") { _ throws(HTTPError) in
                    { _ in .noContent }
                }
            ],
            keys: Self.keys, photos: PhotoFolder("/nowhere"), programs: Self.programs, now: { moment })
        let request = try Request(
            method: "GET", path: "/me/", parameters: ["HTTP_AUTHORIZATION": token("ADMIN")])
        let nowhere = DatabaseSettings(Self.nowhere, deadlineMilliseconds: 10, applicationName: "test")
        for (later, status) in [(0, 204), (3_599, 204), (3_600, 401)] {
            moment = Self.now + Int64(later)
            #expect(application.respond(to: request, database: Database(nowhere)).response.status == status)
        }
    }

    @Test func `a path without its slash is sent there, an unknown one is a JSON 404`() throws {
        let outcome = try respond("POST", "/api/open", "a=1")
        #expect(outcome.response.status == 301)
        #expect(outcome.response.headers.contains(Header("Location", "/api/open/?a=1")))
        #expect(try answer("GET", "/api/nothing/") == #"404 {"detail":"Not found."}"#)
    }

    @Test func `every answer names the methods of its path`() throws {
        #expect(try respond("GET", "/api/things/").response.headers.contains(Header("Allow", "GET, HEAD, OPTIONS")))
        #expect(try respond("POST", "/api/open/").response.headers.contains(Header("Allow", "POST, OPTIONS")))
    }

    @Test(arguments: [
        ("", "*/*", 200), ("", "application/json; indent=4", 200), ("", "text/html, image/webp", 200),
        ("", "application/xml, application/*;q=0.1", 200), ("format=json", "application/problem+json", 200),
        ("", "application/xml", 406), ("", "json", 406), ("format=xml", "*/*", 404), ("format=xml", "image/png", 404),
    ])
    func `a form of answer that we have not is refused`(query: String, accept: String, status: Int) throws {
        let request = try Request(
            method: "GET", path: "/api/things/", queryString: query,
            parameters: ["HTTP_AUTHORIZATION": token("ADMIN"), "HTTP_ACCEPT": accept])
        let nowhere = DatabaseSettings(Self.nowhere, deadlineMilliseconds: 10, applicationName: "test")
        let response = application.respond(to: request, database: Database(nowhere)).response
        #expect(response.status == status)
        #expect(response.headers.contains(Header("Allow", "GET, HEAD, OPTIONS")))
    }

    @Test func `problem details go to who names them`() throws {
        let accept = "application/problem+json, application/json"
        func problem(_ path: String) throws -> (Response, String) {
            let request = try Request(
                method: "GET", path: path, parameters: ["HTTP_ACCEPT": accept, "REQUEST_ID": "r-1"])
            let nowhere = DatabaseSettings(Self.nowhere, deadlineMilliseconds: 10, applicationName: "t")
            let response = application.respond(to: request, database: Database(nowhere)).response
            return (response, String(decoding: response.body, as: UTF8.self))
        }
        let (response, body) = try problem("/api/things/")
        #expect(response.headers.contains(Header("Content-Type", "application/problem+json")))
        #expect(response.headers.contains { $0.name == "WWW-Authenticate" })
        #expect(
            body == #"{"type":"about:blank","title":"Unauthorized","status":401,"#
                + #""detail":"Authentication credentials were not provided.","request_id":"r-1"}"#)
        #expect(try problem("/api/nothing/").1.contains(#""status":404"#))
    }

    @Test func `Spanish is answered to who asks for it`() throws {
        let text = try answer("GET", "/api/nothing/", language: "es-MX,es;q=0.9,en;q=0.5")
        #expect(text == #"404 {"detail":"No encontrado."}"#)
    }

    @Test func `a failure of ours names the request and nothing else`() throws {
        let response = HTTPError(DatabaseError.unexpected(facts: "column 3")).response(.english, requestID: "r-1")
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text == #"{"detail":"Something went wrong on our side.","request_id":"r-1"}"#)
        #expect(HTTPError(DatabaseError.unavailable(facts: "")).status == 503)
        #expect(HTTPError(DatabaseError.timeout).status == 503)
    }

    private func subject(_ role: String) -> TokenSubject {
        TokenSubject(userID: 1, sessionID: 1, tokenVersion: 1, role: role)
    }

    private func token(_ role: String) -> String {
        "Bearer " + Tokens(signingWith: Self.master).access(for: subject(role), now: Self.now)
    }

    private func respond(
        _ method: String, _ path: String, _ query: String = "", _ authorization: String? = nil, language: String? = nil
    ) throws -> Outcome {
        var parameters: [String: String] = [:]
        parameters["HTTP_AUTHORIZATION"] = authorization
        parameters["HTTP_ACCEPT_LANGUAGE"] = language
        let request = try Request(method: method, path: path, queryString: query, parameters: parameters)
        let nowhere = DatabaseSettings(Self.nowhere, deadlineMilliseconds: 10, applicationName: "test")
        return application.respond(to: request, database: Database(nowhere))
    }

    private func answer(
        _ method: String, _ path: String, _ authorization: String? = nil, language: String? = nil
    ) throws -> String {
        let response = try respond(method, path, "", authorization, language: language).response
        return "\(response.status) \(String(decoding: response.body, as: UTF8.self))"
    }
}

/// Where no device signs anything.
private struct NoDevices: DeviceAuthenticator {
    func device(of request: Request, _ keys: Keys, now: Int64) throws(HTTPError) -> SigningDevice? { nil }
}
