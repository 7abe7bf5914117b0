import OperatingSystem
import Web

/// What an address of a receiver must look like.
///
/// Where a name leads is judged whenever something is sent.
enum WebhookURL {
    /// As JSON Schema writes it: http or https, a name or an IP address, a port, path and query; no user, no fragment.
    static let form =
        #"[Hh][Tt][Tt][Pp][Ss]?://([A-Za-z0-9_-][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])"#
        + #"(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"#
        + #"([/?][!-"$-\[\]-~]*)?"#

    /// What is wrong with a text that has not this form.
    @Sendable static func fault(_ text: String) -> Text {
        guard let authority = authority(text) else { return .notHTTP }
        return authority.contains("@") ? .hasUser : .notAnAddress
    }

    /// Whether it names an IP address that no operator could allow, or that is none.
    static func isReserved(_ text: String) -> Bool {
        guard let authority = authority(text) else { return false }
        let isLong = authority.hasPrefix("[")
        let host = isLong ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        guard let address = IPAddress(String(host)) else { return isLong }
        return !somewhere.allows(address)
    }

    /// What stands between scheme and path; nil for another scheme.
    private static func authority(_ text: String) -> Substring? {
        guard let scheme = ["https://", "http://"].first(where: text.lowercased().hasPrefix) else { return nil }
        return text.dropFirst(scheme.count).prefix { !"/?".contains($0) }
    }

    /// Every network that an operator could allow.
    private static let somewhere = NetworkRules(
        only: ["0.0.0.0/0", "::/0", "127.0.0.0/8", "::1"].compactMap(IPNetwork.init))
}

extension Text {
    fileprivate static let notHTTP = Text(
        "The address begins with https:// (or http://).", es: "La dirección empieza con https:// (o http://).")
    fileprivate static let notAnAddress = Text("This is not an address.", es: "Esto no es una dirección.")
    fileprivate static let hasUser = Text(
        "An address may not hold a user or password.", es: "Una dirección no puede llevar usuario ni contraseña.")
    static let reserved = Text(
        "Nothing is sent to this address.", es: "A esta dirección no se envía nada.")
}
