import JSON

/// A header's value and its parameters: `multipart/form-data; boundary="x"`, `form-data; name="photo"` (RFC 9110, 5.6.6).
///
/// A parameter may be written a second way, `filename*=UTF-8'es'c%C3%A1mara.png` (RFC 8187), which counts before the first.
package struct HeaderValue: Equatable {
    /// Before the first semicolon, in lower case.
    let value: String
    /// Names in lower case and without a star; of equal ones the first counts.
    private let parameters: [String: String]

    /// - Returns: Nil when a quote is left open.
    init?(_ text: String) {
        guard let pieces = Self.split(text) else { return nil }
        value = (pieces.first ?? "").trimmed.lowercased()
        var parameters: [String: String] = [:]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = piece[..<equals].trimmed.lowercased()
            let content = piece[piece.index(after: equals)...].trimmed
            if parameters[name] == nil { parameters[name] = Self.unquoted(content) }
        }
        self.parameters = Self.joined(parameters)
    }

    /// Each name once; what is broken behind a star counts only where there is nothing else.
    private static func joined(_ parameters: [String: String]) -> [String: String] {
        var joined = parameters.filter { !$0.key.hasSuffix("*") }
        for (starred, text) in parameters where starred.hasSuffix("*") {
            let (name, decoded) = (String(starred.dropLast()), decoded(text))
            if let decoded, !decoded.isEmpty || joined[name] == nil {
                joined[name] = decoded
            } else if joined[name] == nil {
                joined[name] = text
            }
        }
        return joined
    }

    /// The text behind charset and language; nil when it is not of that form, or not of its charset.
    private static func decoded(_ text: String) -> String? {
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        return Charset(String(parts[0]))?.text(parts[2].utf8.percentDecoded)
    }

    subscript(_ name: String) -> String? { parameters[name] }

    /// The pieces between semicolons that stand outside quotes.
    private static func split(_ text: String) -> [String]? {
        var pieces = [""]
        var isQuoted = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == ";" && !isQuoted {
                pieces.append("")
                continue
            }
            if scalar == "\"" && !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && scalar == "\\" && !isEscaped
            pieces[pieces.count - 1].unicodeScalars.append(scalar)
        }
        return isQuoted ? nil : pieces
    }

    /// Without quotes around it; a backslash only escapes a quote or itself, because old browsers send whole Windows paths.
    package static func unquoted(_ text: String) -> String {
        guard text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return String(text.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    }
}
