package import Cryptography

/// Every key a worker holds, for the life of the process.
///
/// A pool holds only those that its own requests need. Of a kind that it does not hold there are no generations: nothing
/// is recognised or opened, nothing can be sealed, and a tag is empty, which no column takes. All can be asked for it
/// nevertheless, because every pool knows every route, and nginx alone says which pool answers which.
package struct Keys: Sendable {
    /// Signs and checks tokens.
    package let tokens: Tokens
    /// Finds and shows codes.
    package let codes: CodeKeys
    /// Checks what gate devices sign.
    package let devices: DeviceKeys
    /// Hides what the database holds of log-ins.
    package let accounts: AccountKeys
    /// Seals what authenticators share.
    package let factors: FactorKeys

    package init(tokens: Tokens, codes: CodeKeys, devices: DeviceKeys, accounts: AccountKeys, factors: FactorKeys) {
        self.tokens = tokens
        self.codes = codes
        self.devices = devices
        self.accounts = accounts
        self.factors = factors
    }
}

/// The keys of codes, by generation: one finds a code (its tag), one shows it again (its sealed text).
package struct CodeKeys: Sendable {
    /// One generation of both keys.
    package struct Generation: Sendable {
        let number: Int
        let tag: Secret
        let show: Secret

        package init(number: Int, tag: Secret, show: Secret) {
            self.number = number
            self.tag = tag
            self.show = show
        }
    }

    private let generations: [Generation]

    /// New codes are made with `newest`; those of older generations are still found and shown.
    package init(newest: Generation?, older: [Generation] = []) {
        generations = (newest.map { [$0] } ?? []) + older
    }

    /// The generation that new codes are stored with; 0 without keys.
    package var generation: Int { generations.first?.number ?? 0 }

    /// The tag a new code is stored with; empty without keys.
    package func tag(_ code: GateCode) -> [UInt8] {
        generations.first.map { code.tag(with: $0.tag) } ?? []
    }

    /// The tags a code at a gate may be stored with, newest first.
    package func tags(_ code: GateCode) -> [[UInt8]] {
        generations.map { code.tag(with: $0.tag) }
    }

    /// The generator of the one-time passwords of a pass: its seed is computed from the handle, never stored.
    ///
    /// Nil without keys.
    package func oneTimePassword(of handle: GateCode) -> (generator: OneTimePassword, seed: [UInt8])? {
        generations.first.map { Self.oneTimePassword(of: handle, $0) }
    }

    /// The 30-second step whose six digits these are, under any generation of the keys; nil when they match none.
    /// - Parameter now: seconds since 1970.
    package func matchedStep(of handle: GateCode, digits: String, now: Int64) -> Int64? {
        generations.lazy
            .compactMap { Self.oneTimePassword(of: handle, $0).generator.matchedStep(for: digits, now: now) }.first
    }

    private static func oneTimePassword(
        of handle: GateCode, _ keys: Generation
    ) -> (generator: OneTimePassword, seed: [UInt8]) {
        let seed = Array(keys.show.derive("otp").authenticationCode(for: Array(handle.text.utf8)).prefix(20))
        return (OneTimePassword(secret: seed), seed)
    }

    /// The sealed text a new code is stored with; only the row of its tag can show it.
    package func seal(_ code: GateCode, tag: [UInt8]) throws(SealedCodeError) -> [UInt8] {
        guard let newest = generations.first else { throw .noKey }
        return try SealedCode.seal(code.text, tag: tag, key: newest.show)
    }

    /// The same, with the tag worked out.
    package func seal(_ code: GateCode) throws(SealedCodeError) -> [UInt8] { try seal(code, tag: tag(code)) }

    /// The code of a sealed text.
    /// - Throws: when the generation is unknown or the text does not belong to the tag.
    package func open(_ sealed: [UInt8], tag: [UInt8], generation: Int) throws -> String {
        guard let keys = generations.first(where: { $0.number == generation }) else {
            throw HTTPError.internalError
        }
        return try SealedCode.open(sealed, tag: tag, key: keys.show)
    }
}
