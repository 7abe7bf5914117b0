package import Cryptography
package import PostgreSQL
import Web

/// A pass in clear, for whoever may see it: at issue, or when an administrator looks again.
package struct RevealedPass {
    package let code: GateCode
    /// Opens only together with the digits of an authenticator.
    package let isOneTime: Bool
    /// Shows the pass to whoever has it; nil for a pass that was imported.
    package let link: PassLink?
    /// What the authenticator of a one-time pass reads; nil but at issue.
    package let secret: AuthenticatorSecret?
    /// What was asked of its row.
    package let row: Row

    /// - Parameter keys: at issue, for who issues it sees the secret, this once.
    init(_ code: GateCode, _ type: CodeType?, _ link: PassLink?, _ row: Row, issuedWith keys: CodeKeys?) {
        self.code = code
        self.link = link
        self.row = row
        isOneTime = type == .oneTime
        secret =
            isOneTime ? keys.flatMap { $0.oneTimePassword(of: code) }.map { AuthenticatorSecret(seed: $0.seed) } : nil
    }
}

/// What is read of the row of a pass in the round trip that shows it in clear.
package struct PassColumns {
    /// Over `t`.
    package let sql: String
    /// Of whoever reads them: part of the statement's name.
    package let name: String

    package init(_ sql: String, for name: String) {
        self.sql = sql
        self.name = name
    }
}
