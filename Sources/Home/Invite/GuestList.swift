/// Names of guests as they were pasted from anywhere: one a line, or between commas; numbering and bullets do not count.
struct GuestList {
    static let most = 100

    /// The words of each name.
    let names: [[String]]

    init(_ text: String) {
        var lines = text.split(whereSeparator: \.isNewline)
        if lines.count == 1 { lines = lines[0].split { $0 == "," || $0 == ";" } }
        names = lines.map(Self.words).filter { !$0.isEmpty }
    }

    /// Names without a last name.
    var short: [String] { names.filter { $0.count == 1 }.map { $0[0] } }

    /// Names that stand there more than once, each once.
    var repeated: [String] {
        var seen: [String: Int] = [:]
        return names.map { $0.joined(separator: " ") }.filter { name in
            seen[name.lowercased(), default: 0] += 1
            return seen[name.lowercased()] == 2
        }
    }

    private static func words(_ line: Substring) -> [String] {
        var rest = line.drop(while: isOrnament)
        let number = rest.prefix(while: \.isWholeNumber)
        if !number.isEmpty {
            rest = rest.dropFirst(number.count).drop { isOrnament($0) || ".):º°ª]".contains($0) }
        }
        while let last = rest.last, isOrnament(last) || ",;.".contains(last) { rest.removeLast() }
        return rest.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    private static func isOrnament(_ character: Character) -> Bool {
        character.isWhitespace || "•·*-–—▪◦‣✓✔☐>([\"“”«»".contains(character)
    }
}
