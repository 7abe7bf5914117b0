package import Web

/// Markup of a page: what stands in the source is markup, what is interpolated is text and comes out escaped.
///
/// There are no template files: `let row: HTML = "<td>\(name)</td>"`. Text that is markup already must be named
/// ``init(unescaped:)``, so that a search finds every such place. Attribute values stand between double quotes;
/// Tests/Integration/test_architecture.py keeps both.
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// The markup as it is sent.
    package let markup: String

    /// Markup that stands in the source.
    package init(stringLiteral markup: String) {
        self.markup = markup
    }

    /// Markup with text in it, which comes out escaped.
    package init(stringInterpolation: StringInterpolation) {
        markup = stringInterpolation.markup
    }

    /// Text that is markup already, such as a drawing of ours; never anything a person wrote.
    package init(unescaped markup: String) {
        self.markup = markup
    }

    /// Text as it reads.
    package init(_ text: String) {
        markup = Self.escaped(text)
    }

    /// The pieces one after the other.
    package init(_ pieces: some Sequence<HTML>) {
        markup = pieces.lazy.map(\.markup).joined()
    }

    /// The one behind the other.
    package static func + (one: HTML, other: HTML) -> HTML {
        HTML(unescaped: one.markup + other.markup)
    }

    /// The five characters that mean something in text or between quotes.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// What becomes of `\(…)`: nothing but these types, and each of them safe.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate private(set) var markup = ""

        /// Sizes are those of the compiler: a hint for the memory to reserve.
        package init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        /// What stands in the source: as it is.
        package mutating func appendLiteral(_ literal: String) {
            markup += literal
        }

        /// Text: escaped.
        package mutating func appendInterpolation(_ text: some StringProtocol) {
            markup += HTML.escaped(String(text))
        }

        /// A whole number.
        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            markup += number.description
        }

        /// Markup: as it is.
        package mutating func appendInterpolation(_ html: HTML) {
            markup += html.markup
        }

        /// Markup that may be missing.
        package mutating func appendInterpolation(_ html: HTML?) {
            if let html { markup += html.markup }
        }

        /// Pieces of markup, one after the other.
        package mutating func appendInterpolation(_ pieces: some Sequence<HTML>) {
            for piece in pieces { markup += piece.markup }
        }

        /// Markup where the condition holds, such as an attribute without a value.
        package mutating func appendInterpolation(_ html: HTML, if condition: Bool) {
            if condition { markup += html.markup }
        }
    }
}

extension Response {
    /// A page, whole.
    package static func html(_ page: HTML, status: Int = 200, headers: [Header] = []) -> Response {
        Response(
            status, headers: [Header("Content-Type", "text/html; charset=utf-8")] + headers,
            body: Array(page.markup.utf8))
    }
}
