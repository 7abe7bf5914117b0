/// A master key and its number in the order of rotation.
package struct MasterKey: Sendable {
    /// 1 for the first key of an installation; a key file carries it in its name.
    package let generation: Int

    /// The key from which the keys of each purpose are derived.
    package let secret: Secret

    /// Names a key by its generation.
    package init(generation: Int, secret: Secret) {
        self.generation = generation
        self.secret = secret
    }
}

/// The keys of one kind, by generation: tags and seals are made with the one in use, those of the others still count.
///
/// A pool holds the kinds that its own requests need. Of any other kind the ring is empty: a tag is empty, which no
/// column takes, nothing is recognised or opened, and nothing can be sealed.
package struct KeyRing: Sendable {
    private let keys: [(generation: Int, secret: Secret)]

    /// - Parameter masters: the one in use first.
    package init(_ masters: [MasterKey]) {
        keys = masters.map { ($0.generation, $0.secret) }
    }

    private init(keys: [(generation: Int, secret: Secret)]) {
        self.keys = keys
    }

    /// The keys of one purpose.
    ///
    /// - Parameter label: what each key is derived with, given its generation (see `Secret.derive`).
    package func derive(_ label: (_ generation: Int) -> String) -> KeyRing {
        KeyRing(keys: keys.map { ($0.generation, $0.secret.derive(label($0.generation))) })
    }

    /// The generation in use; 0 without keys.
    package var generation: Int { keys.first?.generation ?? 0 }

    /// The key in use; nil without keys.
    package var current: Secret? { keys.first?.secret }

    /// The key in use, then the others.
    var secrets: [Secret] { keys.map(\.secret) }

    /// What stands for the message where it must not be read: 32 bytes (HMAC-SHA256), or none without keys.
    package func tag(_ message: [UInt8]) -> [UInt8] { current?.authenticationCode(for: message) ?? [] }

    /// What may stand for the message, one tag for each generation, the one in use first.
    package func tags(_ message: [UInt8]) -> [[UInt8]] { secrets.map { $0.authenticationCode(for: message) } }

    /// Whether it is the tag of the message, under any generation; takes the same time wherever they differ.
    package func isTag(_ tag: [UInt8], of message: [UInt8]) -> Bool {
        secrets.contains { $0.isAuthenticationCode(tag, for: message) }
    }

    /// Text that is stored and shown again; it opens beside this tag only (see `SealedCode`).
    package func seal(_ text: String, tag: [UInt8]) throws(SealedCodeError) -> [UInt8] {
        guard let current else { throw .noKey }
        return try SealedCode.seal(text, tag: tag, key: current)
    }

    /// The text again.
    ///
    /// - Parameter generation: what it was sealed with; nil where that is not stored: then each is tried.
    /// - Throws: `noKey` for a generation that is not held, `cannotOpen` for another tag or changed bytes.
    package func open(
        _ sealed: [UInt8], tag: [UInt8], generation: Int? = nil
    ) throws(SealedCodeError) -> String {
        var failure = SealedCodeError.noKey
        for key in keys where generation == nil || key.generation == generation {
            do { return try SealedCode.open(sealed, tag: tag, key: key.secret) } catch { failure = error }
        }
        throw failure
    }
}
