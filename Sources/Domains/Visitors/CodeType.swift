import Cryptography
import Vocabulary
package import Web

/// The kinds of code a visitor can carry.
package enum CodeType: String, CaseIterable, Sendable {
    /// Digits, as few as are safe now.
    case numeric = "NUMERIC"
    /// Eight letters and digits.
    case alphanumeric = "ALPHANUMERIC"
    /// For machines to read.
    case qr = "QR"
    /// A handle and six digits that change every 30 seconds.
    case oneTime = "OTP"

    /// What people call it.
    package var label: Text {
        switch self {
        case .numeric: .numericCode
        case .alphanumeric: .alphanumericCode
        case .qr: .qrCode
        case .oneTime: .oneTimeCode
        }
    }

    /// How many draws travel with one request: a collision takes the next, never an error.
    ///
    /// Only numbers are short enough to collide often; of the others the second draw is one more than ever needed.
    private var draws: Int {
        switch self {
        case .numeric: 6
        case .alphanumeric, .oneTime: 2
        case .qr: 1
        }
    }

    /// Fresh random codes.
    ///
    /// Numeric ones come in every length that the number of live codes may ask for.
    func candidates() -> [String] {
        var generator = SystemRandomNumberGenerator()
        return switch self {
        case .numeric:
            (6...10).flatMap { digits in
                (0..<draws).map { _ in RandomCode.numeric(digits: digits, using: &generator) }
            }
        case .alphanumeric: (0..<draws).map { _ in RandomCode.alphanumeric(using: &generator) }
        case .oneTime: (0..<draws).map { _ in RandomCode.handle(using: &generator) }
        case .qr: (0..<draws).map { _ in RandomCode.qr(using: &generator) }
        }
    }
}
