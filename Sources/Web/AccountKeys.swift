package import Cryptography

/// The keys of accounts, by generation: what the database holds of log-ins and links is worthless without them.
package struct AccountKeys: Sendable {
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
        /// What a console calls its session by when it asks for its lists.
        case feed = "feed"
    }

    private let ring: KeyRing

    /// - Parameter ring: the keys from which those of each purpose are derived.
    package init(_ ring: KeyRing) {
        self.ring = ring
    }

    /// What stands in the database in place of the text; empty without keys.
    package func tag(_ purpose: Purpose, _ text: String) -> [UInt8] { tag(purpose, Array(text.utf8)) }

    /// The same, of bytes.
    package func tag(_ purpose: Purpose, _ bytes: [UInt8]) -> [UInt8] { keys(purpose).tag(bytes) }

    /// What may stand in the database in place of the text, that of the generation in use first.
    package func tags(_ purpose: Purpose, _ text: String) -> [[UInt8]] { tags(purpose, Array(text.utf8)) }

    /// The same, of bytes.
    package func tags(_ purpose: Purpose, _ bytes: [UInt8]) -> [[UInt8]] { keys(purpose).tags(bytes) }

    /// Whether it is the tag of the text, under any generation; takes the same time wherever they differ.
    package func isTag(_ tag: [UInt8], _ purpose: Purpose, _ text: String) -> Bool {
        keys(purpose).isTag(tag, of: Array(text.utf8))
    }

    /// UTF-8 text that is stored and shown again; only beside this tag can it be opened.
    package func seal(_ text: [UInt8], _ purpose: Purpose, tag: [UInt8]) throws(SealedCodeError) -> [UInt8] {
        try sealingKeys(purpose).seal(String(decoding: text, as: UTF8.self), tag: tag)
    }

    /// The text again.
    /// - Throws: when it was sealed beside another tag, or its key is gone.
    package func open(_ sealed: [UInt8], _ purpose: Purpose, tag: [UInt8]) throws(SealedCodeError) -> [UInt8] {
        Array(try sealingKeys(purpose).open(sealed, tag: tag).utf8)
    }

    private func keys(_ purpose: Purpose) -> KeyRing { ring.derive { "\(purpose.rawValue)/\($0)" } }

    private func sealingKeys(_ purpose: Purpose) -> KeyRing { keys(purpose).derive { _ in "seal" } }
}
