import Cryptography
import JSON

/// The name of one state of an answer (RFC 9110, 8.8.3): a strong one, computed from every byte of the body.
package struct EntityTag: Sendable, Equatable {
    /// Without quotes.
    package let opaque: String

    /// The tag of an answer with this body: SHA-256, cut to 32 hexadecimal digits.
    package init(of body: [UInt8]) {
        opaque = String(Checksum.sha256(body).prefix(32))
    }

    /// As it travels.
    package var header: Header { Header("ETag", "\"\(opaque)\"") }
}

/// What a request says about the state it has seen: `If-Match` and `If-None-Match` (RFC 9110, 13.1).
package struct Preconditions: Sendable {
    private let match: EntityTagList?
    private let noneMatch: EntityTagList?

    /// - Returns: nil for a request without any.
    package init?(_ request: Request) {
        match = request.parameters["HTTP_IF_MATCH"].map(EntityTagList.init)
        noneMatch = request.parameters["HTTP_IF_NONE_MATCH"].map(EntityTagList.init)
        if match == nil, noneMatch == nil { return nil }
    }

    /// Only in the state of that tag.
    package init(matching opaque: String) {
        match = EntityTagList("\"\(opaque)\"")
        noneMatch = nil
    }

    /// Whether something in this state may be changed.
    /// - Throws: 412 when it is not in a state the client named, or in one it excluded.
    package func require(_ current: EntityTag) throws(HTTPError) {
        guard match?.namesStrongly(current) ?? true, !(noneMatch?.namesWeakly(current) ?? false) else {
            throw HTTPError(412, .changedMeanwhile)
        }
    }

    /// The answer to a read: itself, 304 when the client has it already, 412 when it asked for another state.
    ///
    /// `If-None-Match: *` names no state that a client could have; the legacy API answers such a read, and so do we.
    func answer(_ response: Response, _ current: EntityTag) throws(HTTPError) -> Response {
        guard match?.namesStrongly(current) ?? true else { throw HTTPError(412, .changedMeanwhile) }
        guard let noneMatch, !noneMatch.isAny, noneMatch.namesWeakly(current) else { return response }
        return Response(
            304, headers: response.headers.filter { !["Content-Type", "X-Accel-Redirect"].contains($0.name) })
    }
}

/// `*`, or tags separated by commas; what is neither names nothing.
private struct EntityTagList: Sendable {
    let isAny: Bool
    private var tags: [(opaque: String, isWeak: Bool)] = []

    init(_ text: String) {
        isAny = text.trimmed == "*"
        var rest = text[...]
        while let open = rest.firstIndex(of: "\"") {
            let isWeak = rest[..<open].hasSuffix("W/")
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "\"") else { return }
            tags.append((String(rest[..<close]), isWeak))
            rest = rest[rest.index(after: close)...]
        }
    }

    /// The strong comparison: a weak tag is never equal to anything.
    func namesStrongly(_ tag: EntityTag) -> Bool {
        isAny || tags.contains { $0.opaque == tag.opaque && !$0.isWeak }
    }

    func namesWeakly(_ tag: EntityTag) -> Bool {
        isAny || tags.contains { $0.opaque == tag.opaque }
    }
}

extension Response {
    /// The answer to a read, named by its state; 304 when the client holds that state already.
    func revalidated(for request: Request) throws(HTTPError) -> Response {
        guard status == 200, !body.isEmpty else { return self }
        return try named(by: EntityTag(of: body), for: request)
    }

    /// The answer to a read whose state has this name.
    package func named(by tag: EntityTag, for request: Request) throws(HTTPError) -> Response {
        let tagged = Response(status, headers: headers + [tag.header], body: body)
        return try Preconditions(request)?.answer(tagged, tag) ?? tagged
    }
}

extension Text {
    fileprivate static let changedMeanwhile = Text(
        "This record was changed in the meantime. Read it again.",
        es: "Este registro cambió mientras tanto. Vuelva a leerlo."
    )
}
