/// The keys of codes: one finds a code (its tag), one shows it again (its sealed text).
package struct CodeKeys: Sendable {
    private let tagging: KeyRing
    private let showing: KeyRing

    /// - Parameters:
    ///   - tagging: what finds codes, the one in use first; its order is that of both.
    ///   - showing: what shows them; only generations that are among both are used.
    package init(tagging: [MasterKey], showing: [MasterKey]) {
        let pairs = tagging.compactMap { key in
            showing.first { $0.generation == key.generation }.map { (tagging: key, showing: $0) }
        }
        self.tagging = KeyRing(pairs.map(\.tagging))
        self.showing = KeyRing(pairs.map(\.showing))
    }

    /// The generation that new codes are stored with; 0 without keys.
    package var generation: Int { tagging.generation }

    /// The tag a new code is stored with; empty without keys.
    package func tag(_ code: GateCode) -> [UInt8] { tagging.current.map(code.tag(with:)) ?? [] }

    /// The tags a code at a gate may be stored with, the likeliest of the generation in use first.
    package func tags(_ code: GateCode) -> [[UInt8]] { tagging.secrets.flatMap(code.tags(with:)) }

    /// The sealed text a new code is stored with; only the row of its tag can show it.
    package func seal(_ code: GateCode, tag: [UInt8]) throws(SealedCodeError) -> [UInt8] {
        try showing.seal(code.text, tag: tag)
    }

    /// The same, with the tag worked out.
    package func seal(_ code: GateCode) throws(SealedCodeError) -> [UInt8] { try seal(code, tag: tag(code)) }

    /// The code of a sealed text.
    /// - Throws: when the generation is unknown or the text does not belong to the tag.
    package func open(_ sealed: [UInt8], tag: [UInt8], generation: Int) throws(SealedCodeError) -> String {
        try showing.open(sealed, tag: tag, generation: generation)
    }

    /// The generator of the one-time passwords of a pass: its seed is computed from the handle, never stored.
    ///
    /// Nil without keys.
    package func oneTimePassword(of handle: GateCode) -> (generator: OneTimePassword, seed: [UInt8])? {
        seeds(of: handle).first.map { (OneTimePassword(secret: $0), $0) }
    }

    /// The 30-second step whose six digits these are, under any generation of the keys; nil when they match none.
    /// - Parameter now: seconds since 1970.
    package func matchedStep(of handle: GateCode, digits: String, now: Int64) -> Int64? {
        seeds(of: handle).lazy.compactMap { OneTimePassword(secret: $0).matchedStep(for: digits, now: now) }.first
    }

    /// 20 bytes for each generation.
    private func seeds(of handle: GateCode) -> [[UInt8]] {
        showing.derive { _ in "otp" }.tags(Array(handle.text.utf8)).map { Array($0.prefix(20)) }
    }
}
