import JSON

/// One request as the worker received it: a plain value, already bounded and drained.
package struct Request: Sendable {
    /// The method as sent; one we do not know is answered 405.
    package let method: String
    /// nginx's normalised path (`$uri`), the only one that routes; `REQUEST_URI` never does.
    package let path: String
    /// Decoded query, in the order sent.
    package let query: [QueryItem]
    /// `Content-Type` as sent.
    package let contentType: String?
    /// The whole body.
    package let body: [UInt8]
    /// Values by FastCGI parameter name (`HTTP_AUTHORIZATION`, …), only those that nginx/snippets/garita-fastcgi.conf
    /// passes.
    package let parameters: [String: String]
    /// The language to answer in.
    package let language: Language
    /// What `{name}` in the route's pattern stood for; filled by the router.
    package var captures: [String: String] = [:]

    /// - Throws: 400 when the path holds a control character, or the query a NUL or what is not UTF-8.
    package init(
        method: String, path: String, queryString: String = "", contentType: String? = nil, body: [UInt8] = [],
        parameters: [String: String] = [:]
    ) throws(HTTPError) {
        guard URLPath.isPlain(path) else { throw .badRequest(.controlCharacters) }
        self.method = method
        self.path = path
        self.query = try QueryItem.parse(queryString)
        self.contentType = contentType
        self.body = body
        self.parameters = parameters
        language = Language(acceptLanguage: parameters["HTTP_ACCEPT_LANGUAGE"])
    }

    /// A request refused before it was read: it has nothing but what its log line and answer need.
    init(unreadable method: String, path: String, parameters: [String: String]) {
        self.method = method
        self.path = path
        query = []
        contentType = nil
        body = []
        self.parameters = parameters
        language = Language(acceptLanguage: parameters["HTTP_ACCEPT_LANGUAGE"])
    }

    /// nginx's `$request_id`: 32 hexadecimal digits, echoed to the client, the log and the database.
    package var id: String { parameters["REQUEST_ID"] ?? "" }
    /// The client's address as nginx saw it.
    package var address: String { parameters["REMOTE_ADDR"] ?? "" }
    /// Scheme, host and port the client used, for absolute links.
    package var origin: String { parameters["SITE_ORIGIN"] ?? "" }

    /// The last value of a query parameter, as the legacy API takes it; nil when absent.
    package func queryValue(_ name: String) -> String? {
        query.last { $0.name == name }?.value
    }

    /// The value of a cookie; nil when it is absent, or sent twice: then somebody else may have put one beside it.
    package func cookie(_ name: String) -> String? {
        let values = (parameters["HTTP_COOKIE"] ?? "").split(separator: ";").compactMap { pair -> String? in
            let halves = pair.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].trimmed == name else { return nil }
            return halves[1].trimmed
        }
        return values.count == 1 ? values[0] : nil
    }

    /// What follows the scheme in `Authorization`; nil when it is another one.
    ///
    /// A scheme is compared without regard to case (RFC 9110, 11.1). By bytes, because taking a token apart as text costs
    /// more than checking its signature.
    ///
    /// - Parameter scheme: in lower case.
    package func credentials(_ scheme: String) -> ArraySlice<UInt8>? {
        let header = Array((parameters["HTTP_AUTHORIZATION"] ?? "").utf8)
        let name = header.prefix { !Self.isBlank($0) }
        // Sets the bit that tells lower case; only letters become letters by it.
        guard name.lazy.map({ $0 | 0x20 }).elementsEqual(scheme.utf8) else { return nil }
        return header[name.endIndex...].drop(while: Self.isBlank)
    }

    /// A blank or a tab.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// The number in the path.
    /// - Throws: 404 `Not found.` when the path holds no number that fits.
    package func identifier(_ name: String = "id") throws(HTTPError) -> Int64 {
        guard let text = captures[name], text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let id = WholeNumber.read(text, in: WholeNumber.identifiers)
        else { throw .notFound() }
        return id
    }
}
