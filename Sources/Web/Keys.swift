package import Cryptography

/// Every key a worker holds, for the life of the process.
///
/// A pool holds only those that its own requests need; what it does not hold is an empty `KeyRing`. All can be asked for
/// it nevertheless, because every pool knows every route, and nginx alone says which pool answers which.
package struct Keys: Sendable {
    /// Signs and checks tokens.
    package let tokens: Tokens
    /// Finds and shows codes.
    package let codes: CodeKeys
    /// Checks what devices sign.
    package let devices: DeviceKeys
    /// Hides what the database holds of log-ins.
    package let accounts: AccountKeys
    /// Seals what authenticators share (see `AuthenticatorSecret`).
    package let factors: KeyRing
    /// Seals the secrets of doors and webhooks (see `SealedSecrets`).
    package let outbox: KeyRing

    /// - Parameters: of a kind that the pool does not hold, keys without generations.
    package init(
        tokens: Tokens, codes: CodeKeys, devices: DeviceKeys, accounts: AccountKeys, factors: KeyRing,
        outbox: KeyRing = KeyRing([])
    ) {
        self.tokens = tokens
        self.codes = codes
        self.devices = devices
        self.accounts = accounts
        self.factors = factors
        self.outbox = outbox
    }
}
