/// PostgreSQL's ISO output as the original writes it.
package enum WireTime {
    /// `2026-11-22 22:25:29.5233-06` becomes `2026-11-22T22:25:29.523300-06:00`; no fraction stays none.
    package static func timestamp(_ text: String) -> String {
        guard let blank = text.firstIndex(of: " "), let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }),
            sign > blank
        else { return text }
        let clock = time(String(text[text.index(after: blank)..<sign]))
        let offset = text[sign...]
        return "\(text[..<blank])T\(clock)\(offset)\(offset.count == 3 ? ":00" : "")"
    }

    /// `18:30:15.5` becomes `18:30:15.500000`.
    package static func time(_ text: String) -> String {
        guard let dot = text.firstIndex(of: ".") else { return text }
        let digits = text.distance(from: dot, to: text.endIndex) - 1
        return text + String(repeating: "0", count: max(6 - digits, 0))
    }
}
