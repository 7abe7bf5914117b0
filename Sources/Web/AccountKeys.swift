package import Cryptography

/// The keys of accounts, by generation: what the database holds of log-ins, links and second factors is worthless
/// without them.
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
    }

    private let newest: Generation
    private let older: [Generation]

    /// New tags are made with `newest`; those of older generations are still recognised.
    package init(newest: Generation, older: [Generation] = []) {
        self.newest = newest
        self.older = older
    }

    /// What stands in the database in place of the text.
    package func tag(_ purpose: Purpose, _ text: String) -> [UInt8] {
        Self.key(purpose, newest).authenticationCode(for: Array(text.utf8))
    }

    /// What may stand in the database in place of the text, newest first.
    package func tags(_ purpose: Purpose, _ text: String) -> [[UInt8]] {
        ([newest] + older).map { Self.key(purpose, $0).authenticationCode(for: Array(text.utf8)) }
    }

    /// Whether it is the tag of the text, under any generation; takes the same time wherever they differ.
    package func isTag(_ tag: [UInt8], _ purpose: Purpose, _ text: String) -> Bool {
        ([newest] + older).contains { Self.key(purpose, $0).isAuthenticationCode(tag, for: Array(text.utf8)) }
    }

    private static func key(_ purpose: Purpose, _ generation: Generation) -> Secret {
        generation.secret.derive("\(purpose.rawValue)/\(generation.number)")
    }
}
