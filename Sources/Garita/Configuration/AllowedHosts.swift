/// Host names that are served, by Django's rules: a name, `.example.org` for it and all names below it, or `*`.
///
/// Source: Django 5.2, `django.http.request.validate_host`, `split_domain_port`.
struct AllowedHosts {
    /// In lower case; none: nginx alone decides.
    private let patterns: [String]

    init(_ patterns: [String]) { self.patterns = patterns.map { $0.lowercased() } }

    /// - Parameter origin: scheme, host and port as nginx gives them (`SITE_ORIGIN`).
    func admits(origin: String) -> Bool {
        guard !patterns.isEmpty else { return true }
        let host = Self.host(of: origin)
        return patterns.contains { pattern in
            pattern == "*" || pattern == host
                || pattern.hasPrefix(".") && (host.hasSuffix(pattern) || host == pattern.dropFirst())
        }
    }

    /// What is wrong with a list of patterns; nil when nothing is.
    static func fault(of patterns: [String]) -> String? {
        // No name at all would admit every host.
        guard !patterns.isEmpty else { return "holds no name; take the line away to let nginx alone decide" }
        let isGood = patterns.allSatisfy { pattern in
            pattern == "*"
                || !pattern.isEmpty
                    && pattern.utf8.allSatisfy { byte in
                        Character(Unicode.Scalar(byte)).isLetter && byte < 0x80 || (0x30...0x3A).contains(byte)
                            || "-._[]".utf8.contains(byte)
                    } && (!pattern.contains(":") || pattern.hasPrefix("[") && pattern.hasSuffix("]"))
        }
        return isGood ? nil : "takes names such as garita.example.org, without scheme, port and path"
    }

    private static func host(of origin: String) -> String {
        var rest = origin.lowercased()[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        let host =
            rest.hasPrefix("[") ? rest.prefix { $0 != "]" } + "]" : String(rest.prefix { $0 != ":" })[...]
        return String(host.hasSuffix(".") ? host.dropLast() : host)
    }
}
