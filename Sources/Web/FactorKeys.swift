package import Cryptography

/// The keys that seal the secrets of authenticators, by generation.
package struct FactorKeys: Sendable {
    /// One generation.
    package struct Generation: Sendable {
        let number: Int
        let secret: Secret

        package init(number: Int, secret: Secret) {
            self.number = number
            self.secret = secret
        }
    }

    private let generations: [Generation]

    /// Secrets are sealed with `newest`; those of older generations are still opened.
    package init(newest: Generation?, older: [Generation] = []) {
        generations = (newest.map { [$0] } ?? []) + older
    }

    /// The generation that secrets are sealed with; 0 without keys.
    package var generation: Int { generations.first?.number ?? 0 }

    /// What is stored of a secret; it opens in the row of this account only.
    package func seal(_ secret: AuthenticatorSecret, of user: Int64) throws(SealedCodeError) -> [UInt8] {
        guard let newest = generations.first else { throw .noKey }
        return try secret.sealed(for: Self.owner(user), with: Self.key(newest))
    }

    /// The secret again.
    /// - Throws: when the generation is unknown or it was sealed for another account.
    package func open(_ sealed: [UInt8], of user: Int64, generation: Int) throws -> AuthenticatorSecret {
        guard let keys = generations.first(where: { $0.number == generation }) else {
            throw HTTPError.internalError
        }
        return try AuthenticatorSecret(opening: sealed, of: Self.owner(user), with: Self.key(keys))
    }

    private static func owner(_ user: Int64) -> String { "second-factor|\(user)" }

    private static func key(_ generation: Generation) -> Secret {
        generation.secret.derive("second-factor/\(generation.number)")
    }
}
