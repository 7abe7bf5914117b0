package import Cryptography
import Web

/// The link that shows a pass to whoever has it: its token is as long as a QR code, and opens a gate as the pass does.
package struct PassLink: Sendable {
    /// What stands in front of the token.
    package static let path = "/p/"

    /// 26 letters, stored like a code.
    package let token: GateCode

    /// A new one.
    init() throws {
        var generator = SystemRandomNumberGenerator()
        guard let token = GateCode(reading: RandomCode.qr(using: &generator)) else { throw HTTPError.internalError }
        self.token = token
    }

    /// The one of a token.
    package init(token: GateCode) { self.token = token }

    /// For people to send: `https://…/p/TOKEN`.
    ///
    /// - Parameter origin: scheme, host and port of this site.
    package func address(origin: String) -> String { "\(origin)\(Self.path)\(token.text)" }

    /// For a picture: a QR code of capitals is smaller, and an address is the same in capitals up to its path, where ours
    /// may be written either way.
    package func picture(origin: String) -> String { address(origin: origin).uppercased() }
}
