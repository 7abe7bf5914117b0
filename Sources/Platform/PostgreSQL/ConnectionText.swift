import CPostgreSQL

/// The way to a database as an operator writes it: libpq's `keyword=value` pairs, or an address (`postgresql://…`).
package struct ConnectionText: Sendable {
    private var pairs: [(keyword: String, value: String)]

    /// A way put together from libpq's keywords and their values.
    package init(pairs: [(keyword: String, value: String)]) {
        self.pairs = pairs
    }

    /// Nil when libpq cannot read it, or would take a part of a password for something else.
    ///
    /// libpq's own words about that are dropped: they repeat the text, which may hold a password.
    package init?(_ text: String) {
        guard !text.utf8.contains(0), !Self.isAmbiguous(text) else { return nil }
        var fault: UnsafeMutablePointer<CChar>?
        // Source: libpq, "PQconninfoParse": only what the text says has a value; both results are the caller's to free.
        let options = PQconninfoParse(text, &fault)
        defer {
            PQconninfoFree(options)
            PQfreemem(fault)
        }
        guard var option = options else { return nil }
        pairs = []
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                pairs.append((String(cString: keyword), String(cString: value)))
            }
            option += 1
        }
        guard isPlausible else { return nil }
    }

    /// Whether `@` stands where only a password that is not percent-encoded brings it.
    private static func isAmbiguous(_ text: String) -> Bool {
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://"), let scheme = text.firstRange(of: "://")
        else { return false }
        let authority = text[scheme.upperBound...].prefix { $0 != "/" }
        return authority.count { $0 == "@" } > 1
    }

    /// Ports are numbers, and no host and no database has a name with `@`: otherwise these are parts of a password.
    private var isPlausible: Bool {
        let ports = (self["port"] ?? "").split(separator: ",")
        return ports.allSatisfy { (UInt16($0) ?? 0) > 0 }
            && ["host", "hostaddr", "dbname"].allSatisfy { self[$0]?.contains("@") != true }
    }

    /// The value of a keyword; nil when it is not set.
    package subscript(keyword: String) -> String? { pairs.first { $0.keyword == keyword }?.value }

    /// The same way for a user, unless it names one.
    package func adding(user: String) -> ConnectionText {
        var text = self
        if self["user"] == nil { text.pairs.append(("user", user)) }
        return text
    }

    /// Keywords whose values tell where the database is, and as whom; none of them is ever a secret.
    private static let shown = ["host", "hostaddr", "port", "dbname", "user", "sslmode", "sslrootcert"]

    /// As pairs, with stars for passwords, options and all else that may hold a secret.
    package var masked: String {
        Self.text(pairs.map { Self.shown.contains($0.keyword) ? $0 : ($0.keyword, "********") })
    }

    /// As pairs, with ours before them; an `options` of the operator is added to ours.
    func full(_ ours: [(keyword: String, value: String)]) -> String {
        let options = (ours + pairs).filter { $0.keyword == "options" }.map(\.value).joined(separator: " ")
        // The later of two equal keywords wins.
        return Self.text(ours + pairs + [("options", options)])
    }

    /// libpq, "Keyword/Value Connection Strings": in quotes, a backslash before quotes and backslashes.
    private static func text(_ pairs: [(keyword: String, value: String)]) -> String {
        pairs.map { keyword, value in
            let isPlain = !value.isEmpty && !value.contains { $0.isWhitespace || $0 == "'" || $0 == "\\" }
            return "\(keyword)=\(isPlain ? value : "'\(quoted(value))'")"
        }.joined(separator: " ")
    }

    private static func quoted(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            if character == "'" || character == "\\" { text += "\\" }
            text.append(character)
        }
    }
}
