package import JSON

/// A request we cannot honour, or a failure of ours, in the shape the contract gives errors.
///
/// Safe to show: it never holds a value the client sent beyond what the legacy API echoes, and never a fact about us.
package struct HTTPError: Error, Sendable {
    /// What the body says.
    package enum Content: Sendable {
        /// `{"detail": …}`, with the legacy API's `code` where it has one.
        case detail(Text, code: String?)
        /// `{"field": ["…"]}`, in the order of the fields.
        case fields([FieldError])
        /// A body of another shape (token messages), in the language of the client.
        case body(@Sendable (Language) -> JSON)
    }

    /// 400 to 599.
    package let status: Int
    /// The body, in whichever form the client asks for.
    package let content: Content
    /// Headers besides those of every answer, such as `Retry-After`.
    package let headers: [Header]

    /// An error of any shape.
    package init(_ status: Int, _ content: Content, headers: [Header] = []) {
        self.status = status
        self.content = content
        self.headers = headers
    }

    /// An error that is one sentence.
    /// - Parameter code: a stable word for programs, where the contract has one.
    package init(_ status: Int, _ detail: Text, code: String? = nil, headers: [Header] = []) {
        self.init(status, .detail(detail, code: code), headers: headers)
    }

    /// 400 with one sentence.
    package static func badRequest(_ detail: Text) -> HTTPError { HTTPError(400, detail) }

    /// 400 with the fields named.
    package static func invalid(_ errors: [FieldError]) -> HTTPError { HTTPError(400, .fields(errors)) }

    /// 401; every one carries the scheme it wants.
    package static func unauthenticated(_ content: Content) -> HTTPError {
        HTTPError(401, content, headers: [Header("WWW-Authenticate", "Bearer realm=\"api\"")])
    }

    /// 403 in the legacy API's words.
    package static let forbidden = HTTPError(403, .forbidden)

    /// 404: a named kind of row, or anything else.
    package static func notFound(_ model: String? = nil) -> HTTPError {
        guard let model else { return HTTPError(404, .notFound) }
        return HTTPError(
            404,
            Text(
                "No \(model) matches the given query.",
                es: "Ningún registro de \(model) coincide con la consulta."))
    }

    /// 429 with the time to wait, in the words of the legacy API's framework.
    package static func throttled(seconds: Int64) -> HTTPError {
        HTTPError(429, .throttled(seconds), headers: [Header("Retry-After", String(seconds))])
    }

    /// 503: try again shortly; nothing has happened.
    package static let unavailable = HTTPError(503, .unavailable, headers: [Header("Retry-After", "2")])

    /// 500: a fault of ours.
    package static let internalError = HTTPError(500, .internalError)

    /// The sentence, or the names of the fields without their values.
    var summary: String {
        switch content {
        case .detail(let text, _): text.english
        case .fields(let errors): "fields: " + errors.map(\.name).joined(separator: ", ")
        case .body: "token"
        }
    }

    /// The answer in the caller's language; 5xx name the request so that the log line can be found.
    package func response(_ language: Language, requestID: String) -> Response {
        .json(body(language, requestID: requestID), status: status, headers: headers)
    }

    private func body(_ language: Language, requestID: String) -> JSON {
        switch content {
        case .body(let json): return json(language)
        case .fields(let errors): return FieldError.json(errors, language)
        case .detail(let text, let code):
            var members: [JSON.Member] = [.init(name: "detail", value: .string(text(language)))]
            if let code { members.append(.init(name: "code", value: .string(code))) }
            if status >= 500 { members.append(.init(name: "request_id", value: .string(requestID))) }
            return .object(members)
        }
    }
}

/// What is wrong with one field of a body or one parameter of a query.
package struct FieldError: Sendable, Equatable {
    /// The field or parameter; ``wholeObject`` for none of them.
    package let name: String
    /// What is wrong.
    package let text: Text

    /// - Parameter name: as the client wrote it.
    package init(_ name: String, _ text: Text) {
        self.name = name
        self.text = text
    }

    /// The name of errors that belong to the whole object.
    package static let wholeObject = "non_field_errors"

    static func json(_ errors: [FieldError], _ language: Language) -> JSON {
        var members: [JSON.Member] = []
        for error in errors where !members.contains(where: { $0.name == error.name }) {
            let texts = errors.filter { $0.name == error.name }.map { JSON.string($0.text(language)) }
            members.append(.init(name: error.name, value: .array(texts)))
        }
        return .object(members)
    }
}

extension HTTPError {
    /// What a form shows of it; nil for what is no fault of what was typed.
    package var formFaults: [FieldError]? {
        switch content {
        case .fields(let errors): errors
        case .detail(let text, _) where status == 429 || status == 409: [FieldError(FieldError.wholeObject, text)]
        default: nil
        }
    }

    /// What it says, for a person.
    package var sentences: [Text] {
        switch content {
        case .detail(let text, _): [text]
        case .fields(let errors): errors.map(\.text)
        case .body: [.invalidValue]
        }
    }
}
