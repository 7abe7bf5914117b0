import JSON

/// Passwords and keys of devices and receivers, by name, sealed together.
///
/// They must be told to others in clear, so they are sealed and not hashed; the key is outside of the database.
package enum SealedSecrets {
    /// - Parameter owner: what they belong to, such as `door/http`: they open for the same owner only.
    /// - Returns: What may be stored; ``KeyRing/generation`` belongs beside it.
    package static func seal(
        _ values: [String: String], owner: String, with ring: KeyRing
    ) throws(SealedCodeError) -> [UInt8] {
        let members = values.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: .string($0.value)) }
        let text = String(decoding: JSON.object(members).serialized(), as: UTF8.self)
        return try keys(ring).seal(text, tag: tag(owner))
    }

    /// - Throws: when the key of that generation is not held, or they were sealed for another owner.
    package static func open(
        _ sealed: [UInt8], owner: String, generation: Int, with ring: KeyRing
    ) throws(SealedCodeError) -> [String: String] {
        let text = try keys(ring).open(sealed, tag: tag(owner), generation: generation)
        guard let members = (try? JSON(parsing: Array(text.utf8), maximumBytes: 65_536))?.members else {
            throw .cannotOpen
        }
        let pairs = members.compactMap { member in member.value.stringValue.map { (member.name, $0) } }
        return Dictionary(pairs) { first, _ in first }
    }

    private static func tag(_ owner: String) -> [UInt8] { Array("secrets|\(owner)".utf8) }

    private static func keys(_ ring: KeyRing) -> KeyRing { ring.derive { "secrets/\($0)" } }
}
