package import JSON

/// One answer: status, headers, bytes.
package struct Response {
    /// Makes a body piece by piece and hands each on; what it has handed on is gone from memory.
    package typealias BodyStream = (_ write: ([UInt8]) throws -> Void) throws -> Void

    /// 200 to 599.
    package let status: Int
    /// In the order they are sent.
    package var headers: [Header]
    /// All bytes; empty where ``production`` makes them.
    package let body: [UInt8]
    /// Makes the body while it is sent, in place of ``body``.
    package let production: BodyStream?

    /// An answer that is held as a whole.
    package init(_ status: Int, headers: [Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
        production = nil
    }

    /// An answer too long to be held: it is made while it is sent.
    package init(_ status: Int, headers: [Header], producing production: @escaping BodyStream) {
        self.status = status
        self.headers = headers
        self.production = production
        body = []
    }

    /// A JSON answer, compact, as the legacy API writes it.
    package static func json(_ value: JSON, status: Int = 200, headers: [Header] = []) -> Response {
        Response(status, headers: [Header("Content-Type", "application/json")] + headers, body: value.serialized())
    }

    /// A JSON answer that is written as it comes: a list, whose values would be much to hold beside its bytes.
    package static func json(writing write: (inout JSONWriter) throws -> Void) rethrows -> Response {
        var writer = JSONWriter()
        try write(&writer)
        return Response(200, headers: [Header("Content-Type", "application/json")], body: writer.bytes)
    }

    /// 204: done, nothing to say, and no `Content-Type`.
    package static var noContent: Response { Response(204) }

    /// A picture or other file made for this caller alone.
    package static func file(_ body: [UInt8], type: String) -> Response {
        Response(200, headers: [Header("Content-Type", type)], body: body)
    }
}
