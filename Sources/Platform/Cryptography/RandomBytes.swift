/// Bytes from the system's generator (getrandom on Linux).
package enum RandomBytes {
    /// `count` unpredictable bytes.
    package static func make(count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in .random(in: .min ... .max, using: &generator) }
    }
}
