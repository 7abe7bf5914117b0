import CCurl
package import OperatingSystem

/// Requests over HTTP to machines that somebody else named, many at once and without waiting: whoever owns it waits for
/// ``watched`` and ``isDueAt`` with poll(2) and then calls ``proceed(_:)``.
///
/// No redirect is followed, no proxy of the environment used, and every address is judged after the name was resolved.
/// libcurl's multi interface with its own socket and timer callbacks (libcurl-multi(3), "MULTI_SOCKET"). libcurl resolves
/// names in a thread of its own; an address in figures needs none.
package final class HTTPClient {
    private typealias Completion = (Result<HTTPClientAnswer, HTTPClientError>) -> Void

    /// Handles that are kept for their digest challenges.
    private static let keptHandles = 256
    /// Connections that are kept open.
    private static let keptConnections = 64
    /// Once per process, before anything else of libcurl.
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let multi: UnsafeMutableRawPointer?
    private let rules: NetworkRules
    private let connectMilliseconds: Int
    private let totalMilliseconds: Int
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
    private var kept: [KeptHandle: CurlHandle] = [:]
    private var interests: [Int32: Poll.Interest] = [:]
    private var curlIsDueAt: Int64?
    /// Requests that never left, told at the next turn: nobody is called back before ``send(_:then:)`` has returned.
    private var unsent: [(Completion, HTTPClientError)] = []

    /// - Parameters:
    ///   - rules: where connections may go.
    ///   - connectMilliseconds: for the name, the connection and TLS.
    ///   - totalMilliseconds: for all, the answer too.
    package init(under rules: NetworkRules, connectMilliseconds: Int = 1000, totalMilliseconds: Int = 3000) {
        self.rules = rules
        self.connectMilliseconds = connectMilliseconds
        self.totalMilliseconds = totalMilliseconds
        multi = Self.isReady ? curl_multi_init() : nil
        let me = Unmanaged.passUnretained(self).toOpaque()
        _ = garita_curl_on_watch(multi, { _, socket, what, me, _ in HTTPClient.of(me)?.watch(socket, what) ?? 0 }, me)
        _ = garita_curl_on_timer(multi, { _, wait, me in HTTPClient.of(me)?.wake(after: wait) ?? 0 }, me)
        _ = garita_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnections)
    }

    deinit {
        _ = garita_curl_on_watch(multi, nil, nil)
        _ = garita_curl_on_timer(multi, nil, nil)
        for pointer in transfers.keys { curl_multi_remove_handle(multi, pointer) }
        transfers = [:]
        kept = [:]
        curl_multi_cleanup(multi)
    }

    /// The descriptors to wait for.
    package var watched: [(descriptor: Int32, interest: Poll.Interest)] {
        interests.map { (descriptor: $0.key, interest: $0.value) }
    }

    /// When ``proceed(_:)`` is wanted at the latest (`Time.monotonicMilliseconds`); nil: nothing pending.
    package var isDueAt: Int64? { unsent.isEmpty ? curlIsDueAt : 0 }

    /// Requests that have no result yet.
    package var pending: Int { transfers.count + unsent.count }

    /// Begins a request, and returns at once.
    ///
    /// `then` is called once, from ``proceed(_:)``.
    package func send(
        _ request: HTTPClientRequest, then: @escaping (Result<HTTPClientAnswer, HTTPClientError>) -> Void
    ) {
        if let fault = request.fault { return refuse(fault, then) }
        guard let handle = takeHandle(for: request) else { return refuse("no memory", then) }
        let transfer = Transfer(handle, request, under: rules, then: then)
        guard transfer.prepare(connectMilliseconds: connectMilliseconds, totalMilliseconds: totalMilliseconds) else {
            return refuse("libcurl does not take it", then)
        }
        transfers[handle.pointer] = transfer
        if curl_multi_add_handle(multi, handle.pointer) != CURLM_OK {
            transfers[handle.pointer] = nil
            refuse("libcurl does not take it", then)
        }
    }

    /// Goes on with what has become possible; never blocks.
    ///
    /// - Parameter ready: descriptors of ``watched`` on which something has happened.
    package func proceed(_ ready: Set<Int32>) {
        var running: Int32 = 0
        // 0: libcurl looks by itself what has happened.
        for descriptor in ready where interests[descriptor] != nil {
            curl_multi_socket_action(multi, descriptor, 0, &running)
        }
        if let due = curlIsDueAt, due <= Time.monotonicMilliseconds() {
            curlIsDueAt = nil
            curl_multi_socket_action(multi, -1, 0, &running)  // CURL_SOCKET_TIMEOUT
        }
        let never = unsent
        unsent = []
        let ended = takeEnded()
        for (then, error) in never { then(.failure(error)) }
        for (then, result) in ended { then(result) }
    }

    private func refuse(_ fault: String, _ then: @escaping Completion) {
        unsent.append((then, HTTPClientError(reason: .unusable, wasSent: false, description: fault)))
    }

    /// Those that have ended, already out of libcurl's hands: their handles may be used again.
    private func takeEnded() -> [(Completion, Result<HTTPClientAnswer, HTTPClientError>)] {
        var ended: [(Completion, Result<HTTPClientAnswer, HTTPClientError>)] = []
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle else { continue }
            let code = garita_curl_result(message)
            curl_multi_remove_handle(multi, pointer)
            guard let transfer = transfers.removeValue(forKey: pointer) else { continue }
            keep(transfer)
            ended.append((transfer.then, transfer.result(code)))
        }
        return ended
    }

    private func takeHandle(for request: HTTPClientRequest) -> CurlHandle? {
        KeptHandle(request).flatMap { kept.removeValue(forKey: $0) } ?? CurlHandle()
    }

    private func keep(_ transfer: Transfer) {
        guard let key = KeptHandle(transfer.request) else { return }
        if kept.count >= Self.keptHandles { kept = [:] }
        kept[key] = transfer.handle
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> HTTPClient? {
        pointer.map { Unmanaged<HTTPClient>.fromOpaque($0).takeUnretainedValue() }
    }

    private func watch(_ socket: Int32, _ what: Int32) -> Int32 {
        switch what {
        case CURL_POLL_IN: interests[socket] = .readable
        case CURL_POLL_OUT: interests[socket] = .writable
        case CURL_POLL_INOUT: interests[socket] = .either
        default: interests[socket] = nil
        }
        return 0
    }

    private func wake(after milliseconds: Int) -> Int32 {
        curlIsDueAt = milliseconds < 0 ? nil : Time.monotonicMilliseconds() + Int64(milliseconds)
        return 0
    }
}

/// Whose challenge a handle remembers: nobody else's password may ever be tried with it.
private struct KeptHandle: Hashable {
    let origin: String
    let user: String
    let password: String

    /// nil where there is nothing to remember.
    init?(_ request: HTTPClientRequest) {
        guard case .digest(let user, let password) = request.authentication else { return nil }
        let parts = request.url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        origin = parts.prefix(3).joined(separator: "/").lowercased()
        self.user = user
        self.password = password
    }
}
