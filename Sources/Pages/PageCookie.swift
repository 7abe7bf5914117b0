import Cryptography
package import Web

/// The cookies of pages: for this host alone, out of reach of scripts, gone when the browser closes.
///
/// Over TLS only (`__Host-`, RFC 6265bis). Where nginx serves plain HTTP to the machine it runs on, which is what
/// `make run` does, browsers would drop such a cookie: there, and nowhere else, it has another name that says what it is.
package enum PageCookie: String, Sendable {
    /// 256 random bits: the session, and before there is one what the form's token is bound to.
    case session
    /// A log-in whose password was right and whose code is still to come.
    case challenge
    /// A sentence for the next page.
    case notice
    /// What somebody chose to read before signing in.
    case language
    /// Who has just chosen a password: the form that signs in has the name.
    case username

    /// The value a request brought; nil when it is missing or comes twice.
    package func value(in request: Request) -> String? { request.cookie(name(for: request)) }

    /// The line that gives it.
    package func line(_ value: String, for request: Request) -> Header {
        Header("Set-Cookie", "\(name(for: request))=\(value); \(Self.attributes(for: request))")
    }

    /// The line that takes it away.
    package func removal(for request: Request) -> Header {
        Header("Set-Cookie", "\(name(for: request))=; \(Self.attributes(for: request)); Max-Age=0")
    }

    /// The line that gives a text of any letters.
    package func line(text: String, for request: Request) -> Header {
        line(Base64URL.encode(Array(text.utf8)), for: request)
    }

    /// The text that a request brought; nil for none.
    package func text(in request: Request) -> String? {
        value(in: request).flatMap { Base64URL.decode($0) }.flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// A value for `session`: 43 letters.
    package static func random() -> String { Base64URL.encode(RandomBytes.make(count: 32)) }

    /// Whether it can be a value of `session`.
    static func isWellFormed(_ value: String) -> Bool { Base64URL.decode(value)?.count == 32 }

    private func name(for request: Request) -> String {
        (Self.isPlainHere(request) ? "garita_insecure_" : "__Host-garita_") + rawValue
    }

    private static func attributes(for request: Request) -> String {
        "Path=/; \(isPlainHere(request) ? "" : "Secure; ")HttpOnly; SameSite=Lax"
    }

    /// Plain HTTP on the loopback, as nginx built the address (never from what the client wrote).
    private static func isPlainHere(_ request: Request) -> Bool {
        let parts = request.origin.split(separator: ":", maxSplits: 2)
        return parts.count >= 2 && parts[0] == "http" && ["//127.0.0.1", "//localhost"].contains(parts[1])
    }
}
