import CPostgreSQL

/// The way to a database as an operator writes it: libpq's `keyword=value` pairs, or an address (`postgresql://…`).
package struct ConnectionText: Sendable {
    private var pairs: [(keyword: String, value: String)]

    /// A way put together from libpq's keywords and their values.
    package init(pairs: [(keyword: String, value: String)]) {
        self.pairs = pairs
    }

    /// Nil when libpq cannot read it.
    ///
    /// libpq's own words about that are dropped: they repeat the text, which may hold a password.
    package init?(_ text: String) {
        guard !text.utf8.contains(0) else { return nil }
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
    }

    /// The value of a keyword; nil when it is not set.
    package subscript(keyword: String) -> String? { pairs.first { $0.keyword == keyword }?.value }

    /// The same way for a user, unless it names one.
    package func adding(user: String) -> ConnectionText {
        var text = self
        if self["user"] == nil { text.pairs.append(("user", user)) }
        return text
    }

    /// As pairs, with stars for passwords.
    package var masked: String {
        Self.text(pairs.map { $0.keyword.hasSuffix("password") ? ($0.keyword, "********") : $0 })
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
