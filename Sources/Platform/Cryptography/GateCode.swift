/// A code as the residence compares it: what was read, brought into its one form.
package struct GateCode: Equatable, Sendable {
    /// Characters (Unicode scalars) of the longest code.
    package static let maximumLength = 100

    /// The code in capitals, without anything a reader or a person put around it.
    package let text: String

    /// Takes a code, the content of the original's QR codes (`VISITOR:AB12CD34|anything`), or the link of a pass
    /// (`https://…/g/AB12CD34`); nil when nothing or too much is left.
    package init?(reading raw: String) {
        let folded = raw.uppercased()
        let code = Self.trimmed(Self.payload(of: Self.trimmed(folded[...])))
        guard !code.isEmpty, code.unicodeScalars.count <= Self.maximumLength else { return nil }
        text = String(code)
    }

    /// What may stand in a log: the last two characters; nothing of a code so short that they would give it away.
    package var hint: String {
        text.unicodeScalars.count < 4 ? "" : String(text.unicodeScalars.suffix(2))
    }

    /// The code's name in the database: 16 bytes that only the holder of the key can compute.
    ///
    /// - Parameter key: the code-tag key, one of possibly several generations.
    package func tag(with key: Secret) -> [UInt8] {
        Array(key.authenticationCode(for: Array("code|\(text)".utf8)).prefix(16))
    }

    private static func payload(of code: Substring) -> Substring {
        if code.hasPrefix("VISITOR:") { return code.dropFirst("VISITOR:".count).prefix { $0 != "|" } }
        guard let start = pathStart(of: code) else { return code }
        return code[start...].prefix { !"/?#".contains($0) }
    }

    /// The place after the last `/G/` of a link.
    private static func pathStart(of link: Substring) -> Substring.Index? {
        let marker = "/G/"
        guard link.utf8.contains(UInt8(ascii: "/")) else { return nil }
        return link.indices.last { link[$0...].hasPrefix(marker) }.map { link.index($0, offsetBy: marker.count) }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

extension GateCode: CustomStringConvertible, CustomReflectable {
    /// Not the code: codes appear in no error and no log.
    package var description: String { "GateCode" }

    /// No children, so that `dump` and failed expectations have nothing to show.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
