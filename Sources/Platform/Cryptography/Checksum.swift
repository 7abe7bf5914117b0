import Crypto

/// Names content by its digest.
package enum Checksum {
    /// SHA-256 in 64 hexadecimal digits.
    package static func sha256(_ content: [UInt8]) -> String {
        Hexadecimal.encode(SHA256.hash(data: content))
    }

    /// SHA-256 as 32 bytes.
    package static func sha256Bytes(_ content: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: content)) }
}

/// SHA-256 of content that comes in pieces.
package struct RunningChecksum {
    private var hash = SHA256()

    /// Of nothing yet.
    package init() {}

    /// Takes the next piece.
    package mutating func add(_ piece: [UInt8]) { hash.update(data: piece) }

    /// 64 hexadecimal digits.
    package var hexadecimal: String { Hexadecimal.encode(hash.finalize()) }
}
