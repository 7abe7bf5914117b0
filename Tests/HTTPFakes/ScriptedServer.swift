import Glibc
package import HTTPClient
package import OperatingSystem

/// A server on loopback within the loop of the test, that gives each request the next answer of its script.
package final class ScriptedServer {
    /// What it does with one request.
    package enum Step {
        case answer(String)
        /// The head, then one byte each 50 ms.
        case drip(String)
        /// Body bytes without end.
        case flood
        /// Reads the request and closes.
        case hangUp
        /// Reads the request and says nothing.
        case silence
    }

    package let port: UInt16
    package private(set) var requests: [String] = []
    package private(set) var connections = 0
    private let listener: Int32
    private var next: (String) -> Step
    private var open: [Int32: (input: [UInt8], step: Step?, lastByteAt: Int64)] = [:]

    /// - Parameter script: the last step is followed by hanging up.
    package convenience init(_ script: [Step]) {
        var script = script
        self.init { _ in script.isEmpty ? .hangUp : script.removeFirst() }
    }

    /// - Parameter next: what to do with a request, by its text.
    package init(by next: @escaping (String) -> Step) {
        self.next = next
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        port = withUnsafeMutablePointer(to: &address) { [listener] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(listener, $0, length)
                _ = listen(listener, 16)
                _ = getsockname(listener, $0, &length)
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
    }

    deinit {
        for descriptor in open.keys { close(descriptor) }
        close(listener)
    }

    package func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// One turn.
    package func work() {
        while case let client = accept(listener, nil, nil), client >= 0 {
            _ = fcntl(client, F_SETFL, O_NONBLOCK)
            connections += 1
            open[client] = ([], nil, 0)
        }
        for descriptor in open.keys { turn(descriptor) }
    }

    private func turn(_ descriptor: Int32) {
        guard var state = open[descriptor] else { return }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { state.input += buffer[..<count] }
        if count == 0 {
            close(descriptor)
            open[descriptor] = nil
            return
        }
        if state.step == nil, let text = whole(state.input) {
            requests.append(text)
            state.input = []
            state.step = next(text)
        }
        open[descriptor] = state
        act(descriptor)
    }

    private func whole(_ input: [UInt8]) -> String? {
        let text = String(decoding: input, as: UTF8.self)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let length = parts[0].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        let wanted = length.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
        return parts[1].utf8.count >= wanted ? text : nil
    }

    private func act(_ descriptor: Int32) {
        switch open[descriptor]?.step {
        case .answer(let text):
            _ = send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL))
            open[descriptor]?.step = nil
        case .drip(let text):
            let now = Time.monotonicMilliseconds()
            guard now - (open[descriptor]?.lastByteAt ?? 0) >= 50 else { return }
            open[descriptor]?.lastByteAt = now
            _ = send(descriptor, text, 1, Int32(MSG_NOSIGNAL))
            open[descriptor]?.step = .drip(String(text.dropFirst()) + "x")
        case .flood:
            let piece = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n" + String(repeating: "x", count: 60_000)
            _ = send(descriptor, piece, piece.utf8.count, Int32(MSG_NOSIGNAL))
        case .hangUp:
            close(descriptor)
            open[descriptor] = nil
        case .silence, nil: break
        }
    }
}

/// An answer with a length.
package func reply(_ status: String, _ headers: [String] = [], _ body: String = "") -> String {
    (["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers).joined(separator: "\r\n") + "\r\n\r\n"
        + body
}

/// Loopback, which only tests may reach.
package let loopback = NetworkRules(only: [IPNetwork("127.0.0.0/8")].compactMap { $0 })

/// Runs the loop that a process with this client has, until every request has its result.
package func run(_ client: HTTPClient, with server: ScriptedServer? = nil) {
    let end = Time.monotonicMilliseconds() + 20_000
    while client.pending > 0 && Time.monotonicMilliseconds() < end {
        server?.work()
        var waits = client.watched.map { watch in
            let events =
                switch watch.interest {
                case .readable: POLLIN
                case .writable: POLLOUT
                case .either: POLLIN | POLLOUT
                }
            return pollfd(fd: watch.descriptor, events: Int16(events), revents: 0)
        }
        _ = poll(&waits, nfds_t(waits.count), 2)
        client.proceed(Set(waits.filter { $0.revents != 0 }.map(\.fd)))
    }
}
