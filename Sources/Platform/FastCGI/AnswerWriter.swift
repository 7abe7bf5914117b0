import Glibc

/// Writes the records of one answer to its connection.
///
/// Not libfcgi's streams: these copy every byte once more, write head and end of a long answer apart, and cannot say
/// that a connection is not to be kept.
/// Source: FastCGI Specification 1.0, sections 3.3, 5.3 and 5.5.
struct AnswerWriter {
    let connection: Int32
    let requestID: Int32

    /// The longest content of a record that is a multiple of eight bytes (section 3.3).
    private static let largestContent = 65_528
    /// What goes out with the end of an answer in one piece; the peer sees all of it at once.
    private static let largestPiece = 16_384
    private static let (output, errors, endOfRequest): (UInt8, UInt8, UInt8) = (6, 7, 3)

    /// Sends a part of the answer.
    ///
    /// - Returns: False when the peer takes no more.
    func write(_ head: [UInt8], _ body: [UInt8]) -> Bool {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(head.count + body.count + 16 * (2 + body.count / Self.largestContent))
        append(head, to: &bytes)
        append(body, to: &bytes)
        return write(bytes)
    }

    /// Sends the rest of the answer and its end.
    ///
    /// - Parameter isLast: the connection ends with this answer although the peer wants to keep it. nginx keeps one only
    ///   if nothing follows the end of the answer (ngx_http_fastcgi_module.c), so a byte that follows keeps it from
    ///   sending another request into a connection that is about to be closed, which it would answer with 502.
    /// - Returns: False when the peer does not take it.
    func finish(_ head: [UInt8], _ body: [UInt8], isLast: Bool) -> Bool {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(head.count + body.count + 64)
        append(head, to: &bytes)
        append(body, to: &bytes)
        // The end and what follows it must arrive together.
        if bytes.count > Self.largestPiece {
            guard write(bytes) else { return false }
            bytes = []
        }
        appendHeader(Self.output, 0, to: &bytes)
        appendHeader(Self.endOfRequest, 8, to: &bytes)
        bytes += [0, 0, 0, 0, 0, 0, 0, 0]
        if isLast { bytes.append(0) }
        return write(bytes)
    }

    /// Tells the peer of a kept connection that no more is wanted of it.
    ///
    /// An empty piece of standard error. nginx ends a connection on which something arrives while it is idle
    /// (ngx_http_upstream_keepalive_module.c). If a request is on its way already, nginx takes it for a part of the answer that
    /// says nothing, and the request is answered.
    static func giveUp(_ connection: Int32) {
        var bytes: [UInt8] = []
        // nginx gives every request the number 1.
        let writer = AnswerWriter(connection: connection, requestID: 1)
        writer.appendHeader(errors, 0, to: &bytes)
        _ = writer.write(bytes)
    }

    /// Sends what is no record, which is an error to the peer.
    func writeInvalidRecord() { _ = write([UInt8](repeating: 0, count: 8)) }

    private func append(_ content: [UInt8], to bytes: inout [UInt8]) {
        for start in stride(from: 0, to: content.count, by: Self.largestContent) {
            let piece = content[start..<min(start + Self.largestContent, content.count)]
            appendHeader(Self.output, piece.count, to: &bytes)
            bytes += piece
        }
    }

    private func appendHeader(_ type: UInt8, _ length: Int, to bytes: inout [UInt8]) {
        bytes.append(1)
        bytes.append(type)
        bytes.append(UInt8(truncatingIfNeeded: requestID >> 8))
        bytes.append(UInt8(truncatingIfNeeded: requestID))
        bytes.append(UInt8(truncatingIfNeeded: length >> 8))
        bytes.append(UInt8(truncatingIfNeeded: length))
        bytes.append(0)
        bytes.append(0)
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Glibc.write(connection, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}
