import JSON

/// A code in its canonical form, in which codes are compared: capitals, without what readers and people put around it.
package struct GateCode: Equatable, Sendable {
    /// Characters (Unicode scalars) of the longest code.
    package static let maximumLength = 100

    /// The code in capitals, without anything a reader or a person put around it.
    package let text: String

    /// Takes a code, the content of the legacy API's QR codes (`VISITOR:AB12CD34|anything`), or the link of a pass
    /// (`https://…/g/AB12CD34`); nil when nothing or too much is left.
    package init?(reading raw: String) {
        let code = Self.bare(raw)
        guard !code.isEmpty, code.unicodeScalars.count <= Self.maximumLength else { return nil }
        text = code
    }

    /// Whether nothing is left of what was read: a prefix or a link without a code in it is blank too.
    package static func isBlank(_ raw: String) -> Bool { bare(raw).isEmpty }

    /// What a text that can be guessed looks like: a 9 for each digit, an A for each letter, a - for each other byte; nil
    /// for a text of 64 bits and more.
    ///
    /// A digit counts for log2 10 bits and a letter for log2 26, so that a prefix of letters before the digits of a tag
    /// adds little; signs between them count for nothing. Codes of 26 letters and digits have 86 bits at least.
    package var guessableShape: String? {
        let shape = text.utf8.map { Self.isDigit($0) ? "9" : Self.isLetter($0) ? "A" : "-" }.joined()
        let bits = shape.utf8.reduce(0.0) {
            $0 + ($1 == UInt8(ascii: "9") ? 3.3219 : $1 == UInt8(ascii: "A") ? 4.7004 : 0)
        }
        return bits < 64 ? shape : nil
    }

    /// How many of its characters are letters A to Z.
    package var letters: Int64 { Int64(text.utf8.count(where: Self.isLetter)) }

    /// How many of its characters are digits.
    package var digits: Int64 { Int64(text.utf8.count(where: Self.isDigit)) }

    /// What may stand in a log: the last two characters; nothing of a code so short that they would give it away.
    package var hint: String {
        text.unicodeScalars.count < 4 ? "" : String(text.unicodeScalars.suffix(2))
    }

    /// What stands for the code in the database: 16 bytes that only the holder of the key can compute.
    ///
    /// - Parameter key: the code-tag key, one of possibly several generations.
    package func tag(with key: Secret) -> [UInt8] {
        Array(key.authenticationCode(for: Array("code|\(text)".utf8)).prefix(16))
    }

    private static func bare(_ raw: String) -> String {
        payload(of: raw.uppercased().trimmed[...]).trimmed
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

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
}

extension GateCode: CustomStringConvertible, CustomReflectable {
    /// Not the code: codes appear in no error and no log.
    package var description: String { "GateCode" }

    /// No children, so that `dump` and failed expectations have nothing to show.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
