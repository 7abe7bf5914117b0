/// Codes drawn at random, each as likely as any other.
///
/// The drawing is generic so that a test can count it; production uses `SystemRandomNumberGenerator`.
package enum RandomCode {
    /// 31 capitals and digits that nobody confuses: no 0 O, no 1 I L.
    package static let alphabet = Array("ABCDEFGHJKMNPQRSTUVWXYZ23456789")

    /// Letters of a QR code: 26 of 31 letters are 128.8 bits, beyond any guessing.
    package static let qrLength = 26

    /// Letters of a code that a person types.
    package static let alphanumericLength = 8

    /// Letters of the handle in front of a one-time password.
    package static let handleLength = 6

    /// A handle of 6 letters of `alphabet`: it finds a pass, and opens nothing without the six digits behind it.
    package static func handle(using generator: inout some RandomNumberGenerator) -> String {
        draw(handleLength, from: alphabet, using: &generator)
    }

    /// A code of digits, zeros in front included.
    package static func numeric(digits: Int, using generator: inout some RandomNumberGenerator) -> String {
        draw(digits, from: Array("0123456789"), using: &generator)
    }

    /// A code of 8 letters of `alphabet`.
    package static func alphanumeric(using generator: inout some RandomNumberGenerator) -> String {
        draw(alphanumericLength, from: alphabet, using: &generator)
    }

    /// A code of 26 letters of `alphabet`, for machines to read.
    package static func qr(using generator: inout some RandomNumberGenerator) -> String {
        draw(qrLength, from: alphabet, using: &generator)
    }

    /// A code that stands in for a lost authenticator: 10 letters of `alphabet` (49 bits), a dash in the middle.
    package static func recovery(using generator: inout some RandomNumberGenerator) -> String {
        draw(5, from: alphabet, using: &generator) + "-" + draw(5, from: alphabet, using: &generator)
    }

    /// `Int.random` rejects instead of taking a remainder, so no letter is favoured.
    static func draw(
        _ count: Int, from letters: [Character], using generator: inout some RandomNumberGenerator
    ) -> String {
        String((0..<count).map { _ in letters[Int.random(in: letters.indices, using: &generator)] })
    }
}
