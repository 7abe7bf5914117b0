import CCurl
import Glibc
import OperatingSystem

/// One request on its way, and what has come back of it.
///
/// libcurl's callbacks hold it unowned; ``HTTPClient`` owns it.
final class Transfer {
    /// Bytes of all headers together.
    private static let headerLimit = 64 * 1024

    let handle: CurlHandle
    let request: HTTPClientRequest
    let then: (Result<HTTPClientAnswer, HTTPClientError>) -> Void
    private let rules: NetworkRules
    private let start = Time.monotonicMilliseconds()
    private var headers: [(name: String, value: String)] = []
    private var headerBytes = 0
    private var body: [UInt8] = []
    private var isCut = false
    /// Times that the request was sent: twice after a challenge.
    private var timesSent = 0
    /// Of the answer to the last of them.
    private var lastStatus: Int?
    private var wasRefused = false
    private var wasTried = false
    private var isStranger = false
    private var isLate = false

    init(
        _ handle: CurlHandle, _ request: HTTPClientRequest, under rules: NetworkRules,
        then: @escaping (Result<HTTPClientAnswer, HTTPClientError>) -> Void
    ) {
        self.handle = handle
        self.request = request
        self.rules = rules
        self.then = then
    }

    /// Tells libcurl whom to call; to be repeated whenever a handle gets another transfer.
    func listen() {
        let pointer = handle.pointer
        let me = Unmanaged.passUnretained(self).toOpaque()
        _ = garita_curl_on_data(
            pointer, CURLOPT_WRITEFUNCTION, { Transfer.of($3)?.take(body: $0, $1 * $2) ?? 0 }, CURLOPT_WRITEDATA, me)
        _ = garita_curl_on_data(
            pointer, CURLOPT_HEADERFUNCTION, { Transfer.of($3)?.take(header: $0, $1 * $2) ?? 0 }, CURLOPT_HEADERDATA, me
        )
        _ = garita_curl_on_socket(pointer, { me, _, address in Transfer.of(me)?.openSocket(address) ?? -1 }, me)
        _ = garita_curl_on_request(pointer, { me, _, _, _, _ in Transfer.of(me)?.beforeSending() ?? 1 }, me)
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
        pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The address is known and nothing is connected: the moment to judge it (CURLOPT_OPENSOCKETFUNCTION(3)).
    private func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>?) -> Int32 {
        guard let address else { return -1 }
        let isAllowed = withUnsafePointer(to: &address.pointee.addr) { rules.allows($0) }
        guard isAllowed else {
            wasRefused = true
            return -1
        }
        wasTried = true
        let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return socket(address.pointee.family, kind, address.pointee.protocol)
    }

    /// Connected, nothing sent yet (CURLOPT_PREREQFUNCTION(3)): 0 to go on, 1 to stop.
    private func beforeSending() -> Int32 {
        if case .certificate? = request.pin, !isPinnedCertificate {
            isStranger = true
            return 1
        }
        // libcurl sends again what was lost on a kept connection, or met no challenge where it expected one.
        if timesSent > 0 && !request.isRepeatable && lastStatus != 401 { return 1 }
        if let until = request.freshUntil, Time.monotonicMilliseconds() >= until {
            isLate = true
            return 1
        }
        timesSent += 1
        lastStatus = nil
        return 0
    }

    private var isPinnedCertificate: Bool {
        guard let pin = request.pin, let shown = handle.certificate else { return false }
        return pin.isFingerprint(ofPEM: shown)
    }

    private func take(header pointer: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        let line = String(decoding: UnsafeRawBufferPointer(start: pointer, count: count), as: UTF8.self)
        headerBytes += count
        guard headerBytes <= Self.headerLimit else { return -1 }
        if line.hasPrefix("HTTP/") {
            (headers, body) = ([], [])
            let status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            if status >= 200 { lastStatus = status }
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers.append((String(line[..<colon]), String(value.prefix { $0 != "\r\n" && $0 != "\n" && $0 != "\r" })))
        }
        return count
    }

    private func take(body pointer: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        let room = max(0, request.answerLimit - body.count)
        body += UnsafeRawBufferPointer(start: pointer, count: min(room, count))
        isCut = count > room
        return isCut ? -1 : count
    }

    /// What to tell whoever asked, after libcurl's last word.
    func result(_ code: CURLcode) -> Result<HTTPClientAnswer, HTTPClientError> {
        if code == CURLE_OK || isCut {
            return .success(
                HTTPClientAnswer(
                    status: lastStatus ?? 0, headers: headers, body: body, isCut: isCut,
                    milliseconds: Time.monotonicMilliseconds() - start))
        }
        let (reason, text) = explain(code)
        // A challenge means that the other end did not do it.
        return .failure(
            HTTPClientError(reason: reason, wasSent: timesSent > 0 && lastStatus != 401, description: text))
    }

    private func explain(_ code: CURLcode) -> (HTTPClientError.Reason, String) {
        if isStranger { return (.certificate, "the certificate is not the pinned one") }
        if isLate { return (.late, "not connected in time") }
        if wasRefused && !wasTried { return (.refusedAddress, "the address is not in an allowed network") }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return (.unknownName, "the name is not known")
        case CURLE_COULDNT_CONNECT: return (.noConnection, "no connection")
        case CURLE_OPERATION_TIMEDOUT:
            return (.timeout, timesSent > 0 ? "no answer in time" : "no connection in time")
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH: return (.certificate, "the public key is not the pinned one")
        case CURLE_PEER_FAILED_VERIFICATION: return (.certificate, "the certificate is not trusted")
        case CURLE_SSL_CONNECT_ERROR: return (.certificate, "no TLS connection")
        case CURLE_ABORTED_BY_CALLBACK where lastStatus != nil:
            return (.lost, "answered \(lastStatus ?? 0) without asking for the password: set authentication to none")
        // After sending: an answer without a head, which HTTP/0.9 had.
        case CURLE_UNSUPPORTED_PROTOCOL where timesSent > 0, CURLE_WEIRD_SERVER_REPLY, CURLE_WRITE_ERROR:
            return (.notHTTP, "no proper answer of HTTP")
        // The last: a name in the address.
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_LOGIN_DENIED:
            return (.unusable, "not a usable address")
        default: return (.lost, timesSent > 0 ? "the connection was lost" : "no connection")
        }
    }
}
