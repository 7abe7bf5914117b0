import JSON

/// The code in what a reader sent or a person typed.
///
/// Readers put signs around it: what stands for the kind of symbol (`]Q3`, ISO/IEC 15424), control characters of a serial
/// line, the asterisks of Code 39. One that types like a keyboard of another layout than the computer's sends other signs
/// for `:`, `|` and `/`: letters and digits are where they are on every layout that readers are sold for.
struct GateCodePayload {
    /// In capitals; empty when nothing is left.
    let code: String
    /// Whether it stood in a link, or beside other content.
    let isContent: Bool

    init(_ raw: String) {
        let typed = Self.unwrapped(Self.withoutSymbol(raw.plain.withPlainDigits.uppercased()[...]))
        let content = Self.content(ofLegacy: typed) ?? Self.content(ofLink: typed)
        code = (content ?? typed).trimmed
        isContent = content != nil
    }

    /// Without the three characters that name the kind of symbol.
    private static func withoutSymbol(_ text: Substring) -> Substring {
        let mark = text.prefix(3)
        let isMark = mark.first == "]" && mark.utf8.count == 3 && mark.dropFirst().allSatisfy(isPlain)
        return isMark && text.count > 3 ? text.dropFirst(3) : text
    }

    /// Without quotation marks or asterisks at both ends.
    private static func unwrapped(_ text: Substring) -> Substring {
        let pairs: [Character: Character] = ["\"": "\"", "'": "'", "*": "*", "“": "”", "«": "»"]
        guard text.count > 2, let first = text.first, let last = pairs[first], text.last == last else { return text }
        return text.dropFirst().dropLast()
    }

    /// What stands between `VISITOR:` and `|`, whatever a layout made of these two.
    private static func content(ofLegacy text: Substring) -> Substring? {
        let word = "VISITOR"
        guard text.hasPrefix(word), let colon = text.dropFirst(word.count).first else { return nil }
        let content = text.dropFirst(word.count + 1)
        if colon == ":" { return content.prefix { !"|~".contains($0) } }
        // ; > and < of layouts, and letters that only other alphabets than ours have there.
        guard ";><".contains(colon) || !colon.isASCII else { return nil }
        return content.prefix(while: isPlain)
    }

    /// What stands behind the last `/P/` or `/G/`; nil in what is no link of a pass.
    private static func content(ofLink link: Substring) -> Substring? {
        guard let slash = slash(of: link) else { return nil }
        let markers = ["\(slash)P\(slash)", "\(slash)G\(slash)"]
        guard let start = link.indices.last(where: { index in markers.contains { link[index...].hasPrefix($0) } })
        else { return nil }
        let content = link[start...].dropFirst(markers[0].count)
        return slash == "/" ? content.prefix { !"/?#".contains($0) } : content.prefix(while: isPlain)
    }

    /// The sign that stands for `/`: of a link that came by another layout, what stands twice behind the scheme.
    private static func slash(of link: Substring) -> Character? {
        if link.utf8.contains(UInt8(ascii: "/")) { return "/" }
        for scheme in ["HTTPS", "HTTP"] where link.hasPrefix(scheme) {
            let signs = link.dropFirst(scheme.count).prefix(3)
            guard signs.count == 3, let last = signs.last, signs.dropFirst().first == last, !isPlain(last) else {
                continue
            }
            return last
        }
        return nil
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }
}
