import Foundation
import HTTPClient
import HTTPFakes
import OperatingSystem
import Testing

/// A server of TLS with a key of its own, as devices have it: `openssl s_server`.
private final class TLSServer {
    let port: UInt16
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "garita-tls-\(UUID().uuidString)")
    private let process = Process()

    init() throws {
        port = ScriptedServer([]).port
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=relay",
            "-keyout", file("key"), "-out", file("certificate"), "-days", "2",
        ])
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "s_server", "-accept", "127.0.0.1:\(port)", "-key", file("key"), "-cert", file("certificate"), "-www",
            "-quiet",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        process.terminate()
        try? FileManager.default.removeItem(at: folder)
    }

    private func file(_ name: String) -> String { folder.appendingPathComponent(name).path }

    var fingerprint: String {
        get throws { try Self.openssl(["x509", "-in", file("certificate"), "-noout", "-fingerprint", "-sha256"]) }
    }

    var publicKey: String {
        get throws {
            let key = folder.appendingPathComponent("public").path
            try Self.openssl(["pkey", "-in", file("key"), "-pubout", "-outform", "DER", "-out", key])
            return "sha256//" + Data(try Self.bytes(["dgst", "-sha256", "-binary", key])).base64EncodedString()
        }
    }

    @discardableResult
    private static func openssl(_ arguments: [String]) throws -> String {
        String(decoding: try bytes(arguments), as: UTF8.self)
    }

    private static func bytes(_ arguments: [String]) throws -> Data {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let found = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return found
    }

    /// The result once it listens.
    func result(_ client: HTTPClient, _ pin: CertificatePin?) throws -> Result<HTTPClientAnswer, HTTPClientError> {
        var last: Result<HTTPClientAnswer, HTTPClientError>?
        for _ in 0..<200 {
            let result = try ask(client, HTTPClientRequest("GET", "https://127.0.0.1:\(port)/", pin: pin))
            last = result
            guard case .failure(let error) = result, error.reason == .noConnection else { return result }
            Time.sleep(milliseconds: 25)
        }
        return try #require(last)
    }
}

@Suite(.serialized) struct CertificatePinTests {
    @Test func aDeviceIsKnownByItsKeyOrItsCertificate() throws {
        let server = try TLSServer()
        let client = HTTPClient(under: loopback, connectMilliseconds: 5000, totalMilliseconds: 10_000)
        let pins = [try server.fingerprint, try server.publicKey].map(CertificatePin.init)
        for pin in pins + pins {
            #expect(pin != nil)
            #expect(try server.result(client, pin).get().status == 200)
        }
    }

    @Test func anotherKeyIsAStranger() throws {
        let server = try TLSServer()
        let other = try TLSServer()
        let client = HTTPClient(under: loopback, connectMilliseconds: 5000, totalMilliseconds: 10_000)
        // Once with the right one, so that a kept connection could be mistaken for a known one.
        #expect(try server.result(client, CertificatePin(server.publicKey)).get().status == 200)
        #expect(try server.result(client, CertificatePin(server.fingerprint)).get().status == 200)
        for pin in [CertificatePin(try other.fingerprint), CertificatePin(try other.publicKey), nil] {
            guard case .failure(let error) = try server.result(client, pin) else { return #expect(Bool(false)) }
            #expect(error.reason == .certificate && !error.wasSent)
        }
    }

    @Test(arguments: [
        "", "sha256//", "sha256//AAAA", "AB:CD", String(repeating: "0", count: 63), String(repeating: "g", count: 64),
    ])
    func aSlipIsNoPin(_ text: String) { #expect(CertificatePin(text) == nil) }

    @Test func aFingerprintMayBeWrittenInAnyOfItsWays() {
        let digits = String(repeating: "0a", count: 32)
        #expect(
            CertificatePin("SHA256 Fingerprint=" + Array(repeating: "0A", count: 32).joined(separator: ":"))
                == .certificate(digits))
        #expect(CertificatePin(digits) == .certificate(digits))
    }

    @Test func aPinNeedsTLS() throws {
        let request = HTTPClientRequest(
            "GET", "http://127.0.0.1/", pin: .certificate(String(repeating: "0", count: 64)))
        guard case .failure(let error) = try ask(HTTPClient(under: loopback), request) else {
            return #expect(Bool(false))
        }
        #expect(error.reason == .unusable)
    }
}
