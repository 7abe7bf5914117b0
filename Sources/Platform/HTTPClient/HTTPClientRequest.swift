/// One request to a machine that somebody else named.
package struct HTTPClientRequest: Sendable {
    /// How the other end knows who asks.
    package enum Authentication: Sendable, Equatable {
        case none
        /// The password goes over the line with every request (RFC 7617).
        case basic(user: String, password: String)
        /// MD5 or SHA-256, as the other end asks for (RFC 7616): costs a second request when it has not been asked lately.
        case digest(user: String, password: String)
        /// RFC 6750.
        case bearer(String)
    }

    /// Such as `GET`.
    package var method: String
    /// `http://` or `https://`, without a user's name in it.
    package var url: String
    /// In the order in which they are sent.
    package var headers: [(name: String, value: String)]
    /// What is sent with it; nil for nothing.
    package var body: [UInt8]?
    /// How it shows who asks.
    package var authentication: Authentication
    /// What the other end must show; nil: a certificate for this name that the system trusts.
    package var pin: CertificatePin?
    /// Bytes of the answer's body that are kept; the rest is not waited for.
    package var answerLimit: Int
    /// Whether a request that was lost on a kept connection may be sent again, and may use a kept one at all.
    ///
    /// False for one that opens a door: it leaves this machine once, whatever happens.
    package var isRepeatable: Bool
    /// Not to be sent later, by `Time.monotonicMilliseconds`; nil: at any time.
    package var freshUntil: Int64?

    /// - Parameters: as the properties say.
    package init(
        _ method: String, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        authentication: Authentication = .none, pin: CertificatePin? = nil, answerLimit: Int = 64 * 1024,
        isRepeatable: Bool = true, freshUntil: Int64? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.authentication = authentication
        self.pin = pin
        self.answerLimit = answerLimit
        self.isRepeatable = isRepeatable
        self.freshUntil = freshUntil
    }

    /// What POST, PUT and PATCH without a body send: an empty one.
    var sentBody: [UInt8]? { body ?? (["POST", "PUT", "PATCH"].contains(method) ? [] : nil) }

    /// Why it cannot be sent at all; nil when it can.
    var fault: String? {
        let lowered = url.lowercased()
        guard lowered.hasPrefix("http://") || lowered.hasPrefix("https://") else {
            return "not an http or https address"
        }
        guard url.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value != 0x7f }) else {
            return "an address with blanks or letters that are not ASCII"
        }
        if pin != nil && !lowered.hasPrefix("https://") { return "a pinned certificate without https" }
        let token = Set("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".unicodeScalars)
        for name in [method] + headers.map(\.name) where name.isEmpty || !name.unicodeScalars.allSatisfy(token.contains)
        {
            return "a method or header name that is none"
        }
        let secrets: [String] =
            switch authentication {
            case .none: []
            case .basic(let user, let password), .digest(let user, let password): [user, password]
            case .bearer(let token): [token]
            }
        for text in headers.map(\.value) + secrets where text.utf8.contains(where: { $0 < 0x20 && $0 != 9 }) {
            return "a control character in a header, name or password"
        }
        return nil
    }
}

/// What a request came back with.
package struct HTTPClientAnswer: Sendable {
    /// The status code.
    package let status: Int
    /// In the order in which they came.
    package let headers: [(name: String, value: String)]
    /// As far as the request's limit allows.
    package let body: [UInt8]
    /// Whether there was more than the request's limit.
    package let isCut: Bool
    /// From asking until the end of the answer.
    package let milliseconds: Int64

    /// The first header of that name, in either case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why there is no answer.
///
/// Holds nothing of the request: neither address nor secrets.
package struct HTTPClientError: Error, Equatable, CustomStringConvertible {
    /// What went wrong.
    package enum Reason: String, Sendable {
        /// The request cannot be sent as it is.
        case unusable
        /// ``NetworkRules`` do not allow where the name leads.
        case refusedAddress
        /// The name was not resolved.
        case unknownName
        /// Nobody took the connection.
        case noConnection
        /// The other end is not who it should be, or speaks no TLS that this machine accepts.
        case certificate
        /// The time was over.
        case timeout
        /// Connected only after what was asked for was fresh.
        case late
        /// The connection was lost before the end of the answer.
        case lost
        /// What came is no answer of HTTP.
        case notHTTP
    }

    /// What went wrong.
    package let reason: Reason
    /// Whether the request had left this machine: what it asks for may have happened.
    package let wasSent: Bool
    /// Plain English, without values of the request.
    package let description: String
}
