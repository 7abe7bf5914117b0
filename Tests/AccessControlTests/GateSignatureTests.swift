import AccessControl
import Cryptography
import Images
import JSON
import PostgreSQL
import Testing
import Web

@Suite("The signature of a gate device")
struct GateSignatureTests {
    private static let now: Int64 = 1_800_000_000
    private static let body = Array(#"{"code":"AB12CD34","access_point_id":1}"#.utf8)
    private static let devices = DeviceKeys(KeyRing([MasterKey(generation: 1, secret: .random())]))
    private static let keys = Keys(
        tokens: Tokens(signingWith: MasterKey(generation: 1, secret: .random())),
        codes: CodeKeys(tagging: [], showing: []), devices: devices, accounts: AccountKeys(KeyRing([])),
        factors: KeyRing([]))
    private let application = Application(
        routes: [
            Route(.post, "/gate/", for: .rolesAndDevices([]), named: "Gate") { _ throws(HTTPError) in
                { context in .json(["device": JSON(context.device?.id), "rid": JSON(context.device?.requestID)]) }
            },
            Route(.post, "/other/", for: .signedIn, named: "Other") { _ throws(HTTPError) in
                { _ in .noContent }
            },
        ],
        keys: keys, photos: PhotoFolder("/nowhere"),
        programs: APIClients(keys, devices: GateSignatures()) { _, _, _ in .noContent }, now: { now })

    @Test func `a fresh signature of the device's own key is who it says`() throws {
        #expect(try answer(header()) == #"200 {"device":7,"rid":"0123456789abcdef"}"#)
        #expect(try answer(header(timestamp: Self.now - 300)).hasPrefix("200"))
        #expect(try answer(header(timestamp: Self.now + 300)).hasPrefix("200"))
    }

    @Test func `a signature five minutes old cannot be sent again`() throws {
        #expect(try answer(header(timestamp: Self.now - 301)).hasPrefix("401"))
        #expect(try answer(header(timestamp: Self.now + 301)).hasPrefix("401"))
        for moment in [.min, .max, -1, 0, Self.now - .max, Self.now - .max - 1] {
            #expect(try answer(header(timestamp: moment)).hasPrefix("401"))
        }
    }

    @Test func `whatever was signed cannot be changed`() throws {
        #expect(try answer(header(), body: Array("{}".utf8)).hasPrefix("401"))
        #expect(try answer(header(path: "/other/")).hasPrefix("401"))
        #expect(try answer(header(method: "GET")).hasPrefix("401"))
        #expect(try answer(header().replacing("rid=0123", with: "rid=9123")).hasPrefix("401"))
        #expect(try answer(header().replacing("id=7", with: "id=8")).hasPrefix("401"))
        #expect(try answer(header().replacing("kv=1", with: "kv=2")).hasPrefix("401"))
    }

    @Test(arguments: [
        "Gate", "Gate ", "Gate id=7", "Gate id=7, kv=1, ts=1, rid=0123456789abcdef, mac=zz",
        "Gate id=7, id=7, kv=1, ts=1, rid=0123456789abcdef, mac=00",
        "Gate id=x, kv=1, ts=1, rid=0123456789abcdef, mac=00",
        "Gate id=7, kv=1, ts=1, rid=short, mac=00",
        // What a difference of times cannot be worked out from.
        "Gate id=1, kv=1, ts=\(now - 1 - Int64.max), rid=0123456789abcdef, mac=00",
        "Gate id=1, kv=1, ts=-9223372036854775808, rid=0123456789abcdef, mac=\(String(repeating: "0", count: 64))",
        "Gate id=9223372036854775808, kv=-1, ts=1, rid=0123456789abcdef, mac=00",
        "Gate id=1, kv=1, ts=1, rid=0123456789abcd\u{7F}\u{1}, mac=\(String(repeating: "0", count: 64))",
        "Gate \(String(repeating: "x", count: 5000))",
    ])
    func `a malformed header is a 401 of its own`(header: String) throws {
        let text = try answer(header)
        #expect(text.hasPrefix("401 "))
        #expect(text.contains("gate_signature"))
    }

    @Test func `a device is nobody anywhere else`() throws {
        #expect(try answer(header(path: "/other/"), path: "/other/").contains("Authentication credentials"))
    }

    private func header(
        method: String = "POST", path: String = "/gate/", timestamp: Int64 = now
    ) throws -> String {
        let message = GateSignature.message(
            method: method, path: path, body: Self.body, timestamp: timestamp, requestID: "0123456789abcdef")
        let key = try #require(Self.devices.credentials(of: 7, version: 1)).key
        let code = Hexadecimal.encode(key.authenticationCode(for: message))
        return "Gate id=7, kv=1, ts=\(timestamp), rid=0123456789abcdef, mac=\(code)"
    }

    private func answer(_ header: String, path: String = "/gate/", body: [UInt8] = body) throws -> String {
        let request = try Request(
            method: "POST", path: path, contentType: "application/json", body: body,
            parameters: ["HTTP_AUTHORIZATION": header])
        let nowhere = DatabaseSettings(
            ConnectionText(pairs: [("host", "/nowhere")]), deadlineMilliseconds: 10, applicationName: "test")
        let response = application.respond(to: request, database: Database(nowhere)).response
        return "\(response.status) \(String(decoding: response.body, as: UTF8.self))"
    }
}
