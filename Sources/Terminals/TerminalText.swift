/// Texts as terminals write them.
package enum TerminalText {
    /// Longer values are cut: they are for people to look at.
    private static let longestValue = 200

    /// The lines of a body that hold something.
    package static func lines(_ body: [UInt8]) -> [String] {
        body.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// `name=value` pairs by name in small letters, without the tilde that marks some; fields grew with the firmware, so that
    /// no place is sure.
    package static func fields(_ line: String, separator: Character) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in line.split(separator: separator) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            let name = halves[0].drop { $0 == "~" || $0 == " " }.lowercased()
            fields[name] = plain(halves[1])
        }
        return fields
    }

    /// Without control characters, and not too long.
    static func plain(_ text: some StringProtocol) -> String {
        var plain = ""
        plain.unicodeScalars.append(
            contentsOf: text.unicodeScalars.lazy.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(longestValue))
        return plain
    }
}
