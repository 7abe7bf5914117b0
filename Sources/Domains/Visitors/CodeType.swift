import Cryptography

/// The kinds of code a visitor can carry.
enum CodeType: String, CaseIterable {
    case numeric = "NUMERIC"
    case alphanumeric = "ALPHANUMERIC"
    case qr = "QR"
    /// A handle and six digits that change every 30 seconds.
    case oneTime = "OTP"

    /// How many draws travel with one request: a collision takes the next, never an error.
    private static let draws = 8

    /// Fresh random codes.
    ///
    /// Numeric ones come in every length that the number of live codes may ask for.
    func candidates() -> [String] {
        var generator = SystemRandomNumberGenerator()
        return switch self {
        case .numeric:
            [6, 7, 8].flatMap { digits in
                (0..<Self.draws).map { _ in RandomCode.numeric(digits: digits, using: &generator) }
            }
        case .alphanumeric: (0..<Self.draws).map { _ in RandomCode.alphanumeric(using: &generator) }
        case .oneTime: (0..<Self.draws).map { _ in RandomCode.handle(using: &generator) }
        case .qr: (0..<Self.draws).map { _ in RandomCode.qr(using: &generator) }
        }
    }
}
