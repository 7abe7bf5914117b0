import Crypto

/// Names content by its digest.
package enum Checksum {
    /// SHA-256 in 64 hexadecimal digits.
    package static func sha256(_ content: [UInt8]) -> String {
        Hexadecimal.encode(SHA256.hash(data: content))
    }
}
