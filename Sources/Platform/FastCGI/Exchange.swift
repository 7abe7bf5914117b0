import CFastCGI
import Glibc
import OperatingSystem

/// One request and the way to answer it.
///
/// Sole owner of its `FCGX_Request`, and of the connection while it lasts. However it ends, with an answer or without, the
/// body is read to its end and libfcgi's memory is freed. The connection goes back to the listener when peer and listener
/// both keep it and nothing went wrong; otherwise it is closed.
package struct Exchange: ~Copyable {
    // On the heap, because libfcgi's streams keep a pointer to it.
    private let request: UnsafeMutablePointer<FCGX_Request>
    private let listener: Listener
    private var isOver = false

    /// How long reading a body may take in total, in milliseconds.
    private static let bodyMilliseconds: Int64 = 10_000

    /// Reads the parameters of the request that arrives on `connection`.
    ///
    /// Takes ownership of the descriptor, also when it returns nil, which is when no well-formed request arrives.
    init?(connection: Int32, of listener: Listener) {
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
            listener.connectionEnded(connection)
            return nil
        }
        self.request = request
        self.listener = listener
    }

    deinit {
        guard !isOver else { return }
        discardBody()
        _ = writer.finish([], [], isLast: peerKeeps)
        end(keeping: false)
    }

    /// The values of those parameters that are present, and whether all of them were UTF-8; what is not is left out.
    ///
    /// One pass over the list, because `FCGX_GetParam` takes one for every name. Of repeated parameters the first one
    /// counts.
    package func parameters(_ names: [String]) -> (values: [String: String], areUTF8: Bool) {
        var found = [UnsafePointer<CChar>?](repeating: nil, count: names.count)
        var next = request.pointee.envp
        while let entry = next?.pointee {
            next = next?.advanced(by: 1)
            // libfcgi keeps each as NAME=VALUE.
            guard let sign = strchr(entry, Int32(UInt8(ascii: "="))) else { continue }
            let name = UnsafeRawBufferPointer(start: entry, count: entry.distance(to: sign))
            guard let known = names.firstIndex(where: { Self.isSame($0, name) }), found[known] == nil else { continue }
            found[known] = UnsafePointer(sign + 1)
        }
        var values: [String: String] = [:]
        values.reserveCapacity(names.count)
        var areUTF8 = true
        for (name, start) in zip(names, found) {
            guard let start else { continue }
            if let value = String(validatingCString: start) { values[name] = value } else { areUTF8 = false }
        }
        return (values, areUTF8)
    }

    private static func isSame(_ name: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard name.utf8.count == bytes.count else { return false }
        let isEqual = name.utf8.withContiguousStorageIfAvailable { UnsafeRawBufferPointer($0).elementsEqual(bytes) }
        return isEqual ?? name.utf8.elementsEqual(bytes)
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

    /// Whether the peer has closed the connection: nginx does when its client has closed its own, or when the time limit
    /// for an answer is over.
    package var isDeserted: Bool { Poll.isClosed(request.pointee.ipcFd) }

    /// Sends the answer and ends the exchange.
    ///
    /// An answer of less than 16 kB leaves in one `write(2)`, end marks included.
    ///
    /// - Parameters:
    ///   - head: `Status:` line and header lines with the empty line, as in CGI.
    ///   - body: The content; empty for none.
    /// - Returns: False when the peer did not take it.
    @discardableResult
    package consuming func send(head: [UInt8], body: [UInt8]) -> Bool {
        discardBody()
        let keeps = canBeKept
        let isTaken = writer.finish(head, body, isLast: peerKeeps && !keeps)
        end(keeping: keeps && isTaken)
        isOver = true
        return isTaken
    }

    /// Sends an answer of a length not known yet, piece by piece; ``finish()`` or ``abandon()`` ends it.
    ///
    /// - Parameters:
    ///   - head: leaves with the first piece, and is empty from then on.
    ///   - produce: makes the pieces.
    /// - Throws: what `produce` throws, and `PeerIsGone` when the peer takes no more.
    package borrowing func send(
        _ head: inout [UInt8], then produce: (_ write: ([UInt8]) throws -> Void) throws -> Void
    ) throws {
        discardBody()
        let writer = writer
        try produce { piece in
            let isTaken = writer.write(head, piece)
            head = []
            guard isTaken else { throw PeerIsGone() }
        }
    }

    /// Ends an answer that was sent piece by piece.
    package consuming func finish() { send(head: [], body: []) }

    /// Aborts an answer in a way that makes nginx abort its own answer to the client.
    ///
    /// nginx takes a connection that merely ends for a complete answer (its pipe has no length without
    /// `fastcgi_keep_conn`); bytes that are no FastCGI record are an error to it.
    package consuming func abandon() {
        writer.writeInvalidRecord()
        end(keeping: false)
        isOver = true
    }

    private var writer: AnswerWriter {
        AnswerWriter(connection: request.pointee.ipcFd, requestID: request.pointee.requestId)
    }

    /// Whether the peer asked to keep the connection.
    private var peerKeeps: Bool { request.pointee.keepConnection != 0 }

    /// Whether the connection may serve another request: the whole of this one was read, and its end was seen.
    ///
    /// What is left unread of a body would be taken for the next request.
    private var canBeKept: Bool {
        peerKeeps && !isBroken && FCGX_HasSeenEOF(request.pointee.in) != 0
            && listener.mayKeep(request.pointee.ipcFd)
    }

    /// Frees libfcgi's streams, which hold nothing unwritten, and gives the connection back or closes it.
    private func end(keeping keeps: Bool) {
        let connection = request.pointee.ipcFd
        FCGX_Free(request, keeps ? 0 : 1)
        request.deallocate()
        if keeps { listener.keep(connection) } else { listener.connectionEnded(connection) }
    }

    private func readChunk(atMost size: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max(1, size)) { buffer, count in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                count = Int(FCGX_GetStr(characters.baseAddress, Int32(characters.count), request.pointee.in))
            }
        }
    }

    private func discardBody() { discardBody(until: Time.monotonicMilliseconds() + Self.bodyMilliseconds) }

    private func discardBody(until deadline: Int64) {
        while !readChunk(atMost: 4096).isEmpty && Time.monotonicMilliseconds() <= deadline {}
    }

    private var isBroken: Bool { FCGX_GetError(request.pointee.in) != 0 }

    private func isAnnounced(_ count: Int) -> Bool {
        // FCGX_GetParam returns a pointer into the request's memory.
        guard let announced = FCGX_GetParam("CONTENT_LENGTH", request.pointee.envp), announced.pointee != 0 else {
            return true
        }
        return Int(String(cString: announced)) == count
    }
}

/// The peer closed the connection before the end of an answer.
package struct PeerIsGone: Error {
    /// Carries nothing: there is nobody to tell.
    package init() {}
}
