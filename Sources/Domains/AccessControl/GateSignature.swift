import Cryptography
import Vocabulary
package import Web

/// Knows gate devices by the signatures of their requests.
package struct GateSignatures: DeviceAuthenticator {
    package init() {}

    package func device(of request: Request, _ keys: Keys, now: Int64) throws(HTTPError) -> SigningDevice? {
        guard let credentials = request.credentials("gate") else { return nil }
        guard let device = GateSignature(credentials)?.verified(request, keys.devices, now: now) else {
            throw HTTPError(
                401, .badGateSignature, code: "gate_signature",
                headers: [Header("WWW-Authenticate", "Gate realm=\"api\"")])
        }
        return device
    }
}

/// The signature of a gate device: `Authorization: Gate id=…, kv=…, ts=…, rid=…, mac=…`.
///
/// `mac` is HMAC-SHA256, in hexadecimal, over five lines: method, path, SHA-256 of the body in hexadecimal, `ts`, `rid`.
/// The key is derived from a master key and handed to the device once, at enrolment; the database holds none.
package struct GateSignature {
    /// Seconds a device's clock may differ from ours; older requests cannot be sent again.
    private static let windowSeconds: Int64 = 300
    /// Seconds since 1970 that a clock can tell, to the end of the year 9999.
    private static let moments: ClosedRange<Int64> = 0...253_402_300_799
    private static let numbers: ClosedRange<Int64> = 1...Int64.max
    /// Of HMAC-SHA256.
    private static let codeBytes = 32

    private let device: SigningDevice
    private let timestamp: Int64
    private let code: [UInt8]

    /// The parts behind the scheme, whose names have either case and whose values may be quoted (RFC 9110, 11.2); nil when
    /// one is missing or malformed.
    init?(_ credentials: ArraySlice<UInt8>) {
        guard credentials.count <= 512 else { return nil }
        var parts: [String: String] = [:]
        for part in String(decoding: credentials, as: UTF8.self).split(separator: ",") {
            let halves = part.split(separator: "=", maxSplits: 1).map { $0.filter { !" \t".contains($0) } }
            guard halves.count == 2 else { return nil }
            let value = HeaderValue.unquoted(halves[1])
            guard parts.updateValue(value, forKey: halves[0].lowercased()) == nil else { return nil }
        }
        guard parts.count == 5, let id = WholeNumber.read(parts["id"] ?? "", in: Self.numbers),
            let version = WholeNumber.read(parts["kv"] ?? "", in: Self.numbers),
            let timestamp = WholeNumber.read(parts["ts"] ?? "", in: Self.moments), let requestID = parts["rid"],
            (16...64).contains(requestID.utf8.count), requestID.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let code = parts["mac"].flatMap(Hexadecimal.decode), code.count == Self.codeBytes
        else { return nil }
        // It reads its own gate as a guard would.
        device = SigningDevice(id: id, keyVersion: version, requestID: requestID, role: .securityGuard)
        self.timestamp = timestamp
        self.code = code
    }

    /// The device, when the signature is its own and fresh; nothing is worked out from what is not signed.
    /// - Parameter now: seconds since 1970.
    func verified(_ request: Request, _ keys: DeviceKeys, now: Int64) -> SigningDevice? {
        let message = Self.message(
            method: request.method, path: request.path, body: request.body, timestamp: timestamp,
            requestID: device.requestID)
        let isSigned = keys.keys(of: device.id, version: device.keyVersion).isTag(code, of: message)
        let isFresh = (now - Self.windowSeconds...now + Self.windowSeconds).contains(timestamp)
        return isSigned && isFresh ? device : nil
    }

    /// What a device signs.
    package static func message(
        method: String, path: String, body: [UInt8], timestamp: Int64, requestID: String
    ) -> [UInt8] {
        Array("\(method)\n\(path)\n\(Checksum.sha256(body))\n\(timestamp)\n\(requestID)".utf8)
    }
}

extension Text {
    fileprivate static let badGateSignature = Text(
        "The signature of the gate device is not valid.", es: "La firma del dispositivo de acceso no es válida.")
}
