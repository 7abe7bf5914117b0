import FastCGI
import Foundation
import Glibc

/// A listening socket in a temporary directory, and clients for it.
final class Gate: Sendable {
    let descriptor: Int32
    private let directory: String
    private let path: String

    /// - Parameter isLocal: false for one that listens on a port.
    init(isLocal: Bool = true) {
        var template = Array("/tmp/garita-fcgi-XXXXXX".utf8CString)
        directory = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
        path = directory + "/s"
        descriptor = socket(isLocal ? AF_UNIX : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // A port that is not asked for is any free one.
        if isLocal { _ = Self.withAddress(path) { bind(descriptor, $0, $1) } }
        listen(descriptor, 64)
    }

    deinit {
        close(descriptor)
        unlink(path)
        rmdir(directory)
    }

    func connect() -> Client {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        _ = Self.withAddress(path) { Glibc.connect(descriptor, $0, $1) }
        return Client(descriptor: descriptor)
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

/// The web server's end of one connection.
final class Client: @unchecked Sendable {
    private let descriptor: Int32
    private var isOpen = true

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { hangUp() }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends from a thread of its own: more than the socket's buffer holds.
    func sendInBackground(_ bytes: [UInt8], thenHangUp: Bool = false) {
        Thread.detachNewThread { [self] in
            send(bytes)
            if thenHangUp { hangUp() }
        }
    }

    func hangUp() {
        if isOpen { close(descriptor) }
        isOpen = false
    }

    /// Reads the answer to one request of a kept connection, and whatever came with its end.
    func keptAnswer() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while Answer(bytes).ends == 0, case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 {
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// The next bytes, as many as that.
    func read(_ count: Int) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let received = recv(descriptor, &buffer, count, Int32(MSG_WAITALL))
        return Array(buffer.prefix(max(0, received)))
    }

    /// Whether the worker has closed it.
    var isClosed: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) == 0
    }

    /// Reads until the worker closes.
    func answer() -> Answer {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return Answer(bytes)
    }
}

/// Runs the body in a thread of its own and waits for it: signals and their masks belong to threads.
func inOwnThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
    try Running(body).value()
}

/// Work in a thread of its own.
struct Running<Value: Sendable> {
    private let box = Box<Value>()
    private let done = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread { [box, done] in
            box.result = Result { try body() }
            done.signal()
        }
    }

    /// Waits for the end; call it once.
    func value() throws -> Value {
        done.wait()
        guard let result = box.result else { throw CancellationError() }
        return try result.get()
    }
}

/// Carries a result from one thread to another; the semaphore orders the two.
private final class Box<Value>: @unchecked Sendable {
    var result: Result<Value, any Error>?
}
