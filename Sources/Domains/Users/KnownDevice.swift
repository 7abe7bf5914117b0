import Cryptography
import Web

/// A device on which somebody has logged in before, by the cookie it got then.
///
/// It says nothing about who is calling: it only gives the device a count of its own of wrong passwords, so that a
/// stranger who tries on and on cannot lock out the owner of the account (OWASP, "device cookies").
struct KnownDevice {
    /// Only over TLS, from this host, for the whole of it, out of reach of scripts.
    static let cookieName = "__Host-garita_device"
    private static let attributes = "Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=31536000"

    /// 16 random bytes that name it; empty for a device nobody knows.
    let tag: [UInt8]

    /// The device of a request, when its cookie was given out for this user name.
    init(_ request: Request, username: String, _ keys: AccountKeys) {
        let parts = (request.cookie(Self.cookieName) ?? "").split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let tag = Base64URL.decode(parts[0]), tag.count == 16,
            let code = Base64URL.decode(parts[1]),
            keys.isTag(code, .loginDevice, Self.signed(tag, username))
        else {
            self.tag = []
            return
        }
        self.tag = tag
    }

    /// The cookie to give after a log-in: the device keeps its name, a new one gets one.
    func cookie(username: String, _ keys: AccountKeys) -> Header {
        let tag = tag.isEmpty ? RandomBytes.make(count: 16) : tag
        let code = keys.tag(.loginDevice, Self.signed(tag, username))
        let value = "\(Base64URL.encode(tag)).\(Base64URL.encode(code))"
        return Header("Set-Cookie", "\(Self.cookieName)=\(value); \(Self.attributes)")
    }

    private static func signed(_ tag: [UInt8], _ username: String) -> String {
        "\(Base64URL.encode(tag))|\(username)"
    }
}
