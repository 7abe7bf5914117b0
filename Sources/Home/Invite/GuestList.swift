/// Names of guests as they were pasted from anywhere: one a line, or between commas.
///
/// What people put around names does not count: numbering, bullets, emoji, telephone numbers, and who sent it when, as a copy
/// of a chat begins.
struct GuestList {
    static let most = 100

    /// The words of each name.
    let names: [[String]]
    /// What is no first and last name, by its place in the list: 1 is the first.
    let faulty: [(place: Int, text: String)]

    init(_ text: String) {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if lines.count == 1 { lines = lines[0].split(omittingEmptySubsequences: false) { $0 == "," || $0 == ";" } }
        let read = lines.enumerated().map { (place: $0.offset + 1, text: $0.element, words: Self.words($0.element)) }
            .filter { !$0.text.allSatisfy(\.isWhitespace) }
        names = read.map(\.words).filter(Self.isName)
        faulty = read.filter { !Self.isName($0.words) }.map { ($0.place, String($0.text.prefix(60))) }
    }

    /// Names that stand there more than once, each once.
    var repeated: [String] {
        var seen: [String: Int] = [:]
        return names.map { $0.joined(separator: " ") }.filter { name in
            seen[name.lowercased(), default: 0] += 1
            return seen[name.lowercased()] == 2
        }
    }

    /// Whether there are a first and a last name.
    private static func isName(_ words: [String]) -> Bool { words.count { $0.contains(where: isLetter) } > 1 }

    private static func words(_ line: Substring) -> [String] {
        // Marks of a direction of writing, and what makes an emoji of a digit.
        let bare = String.UnicodeScalarView(
            line.unicodeScalars.filter { scalar in
                ![.format, .enclosingMark].contains(scalar.properties.generalCategory)
                    && !(0xFE00...0xFE0F).contains(scalar.value)
            })
        let said = String(bare).replacing(sender, with: "").replacing(telephone, with: " ")
        let signs = said.map { isLetter($0) || $0.isWholeNumber || "'’.-&()".contains($0) ? $0 : " " }
        var rest = signs.drop { !isLetter($0) }
        while let last = rest.last, !isLetter(last), !last.isWholeNumber, last != ")" { rest.removeLast() }
        return rest.split(separator: " ").map { String($0) }
    }

    /// `[28/11/26 10:15] Ana:` and `28/11/26, 10:15 p. m. - Ana:`.
    private static var sender: Regex<Substring> {
        #/^\s*(?:\[[^\]]*\d:\d{2}[^\]]*\]|\d{1,2}[\/.-]\d{1,2}[\/.-]\d{2,4},?\s+\d{1,2}:\d{2}[^:–-]{0,12}[–-])[^:]{1,60}:/#
    }

    /// Eight digits and more, however they are grouped.
    private static var telephone: Regex<Substring> {
        #/(?:(?:[Tt]el|[Cc]el|[Ww]hats[Aa]pp)[.:]*\s*)?\+?\(?\d(?:[\s().-]*\d){7,}/#
    }

    private static func isLetter(_ character: Character) -> Bool {
        // Not by `isLetter`, which takes letters in circles and squares for some.
        character.unicodeScalars.first.map { scalar in
            [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter].contains(
                scalar.properties.generalCategory)
        } ?? false
    }
}
