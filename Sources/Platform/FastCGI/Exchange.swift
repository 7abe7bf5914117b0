import CFastCGI
import Glibc
import OperatingSystem

/// One request and the way to answer it.
///
/// Sole owner of its `FCGX_Request` and of the connection. However it ends, with an answer or without, the body is
/// read to its end, libfcgi's memory is freed and the connection is closed.
///
/// The connection is closed even when the peer asked to keep it: a kept one would pin the worker.
package struct Exchange: ~Copyable {
    // On the heap because libfcgi's streams keep a pointer to it.
    private let request: UnsafeMutablePointer<FCGX_Request>

    /// How long reading a body may take in total, in milliseconds.
    private static let bodyMilliseconds: Int64 = 10_000

    /// Reads the parameters of the request that arrives on `connection`.
    ///
    /// Takes ownership of the descriptor, also when it returns nil, which is when no well-formed request arrives.
    init?(connection: Int32) {
        let request = UnsafeMutablePointer<FCGX_Request>.allocate(capacity: 1)
        // -1: there is no listener, so FCGX_Accept_r fails, and does not wait for another, after a bad connection.
        FCGX_InitRequest(request, -1, FCGI_FAIL_ACCEPT_ON_INTR)
        request.pointee.ipcFd = connection
        // FCGX_Accept_r first finishes "the previous request", which would close our connection; BEGIN_REQUEST
        // overwrites the flag.
        request.pointee.keepConnection = 1
        // Detached connections are closed at once. Otherwise libfcgi shuts down its side and waits up to 2 s for
        // the peer to close first. There is nothing to linger for: everything sent was read.
        FCGX_Detach(request)
        guard FCGX_Accept_r(request) == 0 else {
            FCGX_Free(request, 1)
            request.deallocate()
            return nil
        }
        self.request = request
    }

    deinit {
        discardBody(until: Time.monotonicMilliseconds() + Self.bodyMilliseconds)
        request.pointee.keepConnection = 0
        FCGX_Finish_r(request)
        request.deallocate()
    }

    /// The value of a FastCGI parameter: nil when absent, and also when it is not UTF-8 (see ``isMalformed(_:)``).
    ///
    /// Of repeated parameters the first one counts.
    package func parameter(_ name: String) -> String? {
        // FCGX_GetParam lends a pointer into the request; it is copied here.
        FCGX_GetParam(name, request.pointee.envp).flatMap { String(validatingCString: $0) }
    }

    /// Whether a parameter is present but not UTF-8, which deserves a 400.
    package func isMalformed(_ name: String) -> Bool {
        FCGX_GetParam(name, request.pointee.envp).map { String(validatingCString: $0) == nil } ?? false
    }

    /// Reads the body to the end of its stream, keeping it if it has at most `limit` bytes.
    ///
    /// Reading just `CONTENT_LENGTH` bytes would not do: what is left over could be taken for another request.
    /// Call it once; a second call finds an empty stream.
    package func readBody(limit: Int) -> Body {
        let deadline = Time.monotonicMilliseconds() + Self.bodyMilliseconds
        var body: [UInt8] = []
        while case let chunk = readChunk(atMost: min(limit - body.count + 1, 65536)), !chunk.isEmpty {
            body += chunk
            if body.count > limit {
                discardBody(until: deadline)
                return isBroken ? .brokenOff : .tooLarge
            }
            if Time.monotonicMilliseconds() > deadline { return .brokenOff }
        }
        return isBroken || !isAnnounced(body.count) ? .brokenOff : .complete(body)
    }

    /// Sends the answer and ends the exchange.
    ///
    /// Up to about 8 kB leave in one `write(2)`, end marks included.
    ///
    /// - Parameters:
    ///   - head: `Status:` line and header lines with the empty line, as in CGI.
    ///   - body: The content; empty for none.
    /// - Returns: False when the peer did not take it.
    @discardableResult
    package consuming func send(head: [UInt8], body: [UInt8]) -> Bool {
        discardBody(until: Time.monotonicMilliseconds() + Self.bodyMilliseconds)
        write(head)
        write(body)
        // The last stream closed carries END_REQUEST, so standard output goes last. FCGX_Finish_r in `deinit`
        // finds both closed.
        FCGX_FClose(request.pointee.err)
        return FCGX_FClose(request.pointee.out) == 0
    }

    private func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            guard let start = buffer.bindMemory(to: CChar.self).baseAddress else { return }
            _ = FCGX_PutStr(start, Int32(clamping: buffer.count), request.pointee.out)
        }
    }

    private func readChunk(atMost size: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max(1, size)) { buffer, count in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                count = Int(FCGX_GetStr(characters.baseAddress, Int32(characters.count), request.pointee.in))
            }
        }
    }

    private func discardBody(until deadline: Int64) {
        while !readChunk(atMost: 65536).isEmpty && Time.monotonicMilliseconds() <= deadline {}
    }

    private var isBroken: Bool { FCGX_GetError(request.pointee.in) != 0 }

    private func isAnnounced(_ count: Int) -> Bool {
        guard let announced = parameter("CONTENT_LENGTH"), !announced.isEmpty else { return true }
        return Int(announced) == count
    }
}
