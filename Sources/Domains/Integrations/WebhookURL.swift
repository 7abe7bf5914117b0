import OperatingSystem
import Web

/// What an address of a receiver must look like.
///
/// Where a name leads is judged whenever something is sent.
enum WebhookURL {
    /// What is wrong with it; nil for nothing.
    static func fault(_ text: String) -> Text? {
        let lowered = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lowered.hasPrefix) else { return .notHTTP }
        let isPlain = text.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 && $0.value != 0x7f }
        guard isPlain, !text.contains("#"), !text.contains("\\") else { return .notAnAddress }
        let authority = lowered.dropFirst(scheme.count).prefix { !"/?".contains($0) }
        guard !authority.contains("@") else { return .hasUser }
        guard let host = host(String(authority)) else { return .notAnAddress }
        if let address = IPAddress(host) { return somewhere.allows(address) ? nil : .reserved }
        let letters = "abcdefghijklmnopqrstuvwxyz0123456789-._"
        return host.allSatisfy(letters.contains) && !host.hasPrefix(".") ? nil : .notAnAddress
    }

    /// Without its port and the brackets of IPv6; nil for what is none.
    private static func host(_ authority: String) -> String? {
        let (host, port): (Substring, Substring?)
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            (host, port) = (authority.dropFirst()[..<end], rest.isEmpty ? nil : rest.dropFirst())
            guard IPAddress(String(host)) != nil, host.contains(":") else { return nil }
        } else {
            let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            (host, port) = (parts[0], parts.count > 1 ? parts[1] : nil)
        }
        let isPort = port.map { WholeNumber.read($0, in: 1...65535) != nil } ?? true
        return host.isEmpty || !isPort ? nil : String(host)
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
    fileprivate static let reserved = Text(
        "Nothing is sent to this address.", es: "A esta dirección no se envía nada.")
}
