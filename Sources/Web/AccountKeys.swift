package import Cryptography

/// The keys of accounts, by generation: what the database holds of log-ins and links is worthless without them.
package struct AccountKeys: Sendable {
    /// One generation.
    package struct Generation: Sendable {
        let number: Int
        let secret: Secret

        package init(number: Int, secret: Secret) {
            self.number = number
            self.secret = secret
        }
    }

    /// What a tag is made of; the same text has another tag for another purpose.
    package enum Purpose: String, Sendable {
        /// A user name somebody tries to log in with.
        case loginName = "login-name"
        /// A device that has logged in before.
        case loginDevice = "login-device"
        /// The token of a link that sets a password.
        case passwordLink = "password-link"
        /// The token of a log-in whose second factor is still to come.
        case loginChallenge = "login-challenge"
        /// A request that may be repeated, and its answer.
        case answer = "answer"
        /// The cookie of a session of pages.
        case pageSession = "page-session"
        /// The token of a form.
        case pageForm = "page-form"
        /// A place in a list that a client comes back to.
        case cursor = "cursor"
        /// What somebody looks for, in an address.
        case search = "search"
        /// A file that somebody brought in and may yet import.
        case upload = "upload"
    }

    private let generations: [Generation]

    /// New tags are made with `newest`; those of older generations are still recognised.
    package init(newest: Generation?, older: [Generation] = []) {
        generations = (newest.map { [$0] } ?? []) + older
    }

    /// What stands in the database in place of the text; empty without keys.
    package func tag(_ purpose: Purpose, _ text: String) -> [UInt8] { tag(purpose, Array(text.utf8)) }

    /// The same, of bytes.
    package func tag(_ purpose: Purpose, _ bytes: [UInt8]) -> [UInt8] {
        generations.first.map { Self.key(purpose, $0).authenticationCode(for: bytes) } ?? []
    }

    /// What may stand in the database in place of the text, newest first.
    package func tags(_ purpose: Purpose, _ text: String) -> [[UInt8]] { tags(purpose, Array(text.utf8)) }

    /// The same, of bytes.
    package func tags(_ purpose: Purpose, _ bytes: [UInt8]) -> [[UInt8]] {
        generations.map { Self.key(purpose, $0).authenticationCode(for: bytes) }
    }

    /// UTF-8 text that is stored and shown again; only beside this tag can it be opened.
    package func seal(_ text: [UInt8], _ purpose: Purpose, tag: [UInt8]) throws -> [UInt8] {
        guard let newest = generations.first else { throw SealedCodeError.noKey }
        let key = Self.sealingKey(purpose, newest)
        return try SealedCode.seal(String(decoding: text, as: UTF8.self), tag: tag, key: key)
    }

    /// The text again.
    /// - Throws: when it was sealed beside another tag, or its key is gone.
    package func open(_ sealed: [UInt8], _ purpose: Purpose, tag: [UInt8]) throws -> [UInt8] {
        for generation in generations {
            let key = Self.sealingKey(purpose, generation)
            if let text = try? SealedCode.open(sealed, tag: tag, key: key) { return Array(text.utf8) }
        }
        throw SealedCodeError.cannotOpen
    }

    /// Whether it is the tag of the text, under any generation; takes the same time wherever they differ.
    package func isTag(_ tag: [UInt8], _ purpose: Purpose, _ text: String) -> Bool {
        generations.contains { Self.key(purpose, $0).isAuthenticationCode(tag, for: Array(text.utf8)) }
    }

    private static func sealingKey(_ purpose: Purpose, _ generation: Generation) -> Secret {
        key(purpose, generation).derive("seal")
    }

    private static func key(_ purpose: Purpose, _ generation: Generation) -> Secret {
        generation.secret.derive("\(purpose.rawValue)/\(generation.number)")
    }
}
