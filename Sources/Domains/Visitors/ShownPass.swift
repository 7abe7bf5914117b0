package import Cryptography
package import PostgreSQL
import Web

/// A pass in clear, for whoever may see it: at issue, or when an administrator looks again.
package struct ShownPass {
    package let code: GateCode
    /// What the authenticator of a one-time pass reads.
    package let secret: AuthenticatorSecret?
    /// What was asked of its row.
    package let row: Row

    init(_ code: GateCode, _ type: CodeType?, _ row: Row, _ keys: CodeKeys) {
        self.code = code
        self.row = row
        secret = type == .oneTime ? keys.oneTimePassword(of: code).map { AuthenticatorSecret(seed: $0.seed) } : nil
    }
}
