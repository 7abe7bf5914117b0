import JSON
import OperatingSystem

/// `KEY=value` lines: blank lines and `#` lines are skipped, one pair of equal quotes is taken off, the last line of a
/// key wins.
///
/// The rules are those of the legacy API's settings files, so that its operators need not relearn them.
enum SettingsFile {
    static func read(_ path: String) throws -> [String: String] {
        parse(try Files.readText(path, limit: 65_536))
    }

    static func parse(_ text: String) -> [String: String] {
        var settings: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmed
            guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            settings[line[..<equals].trimmed] = unquoted(line[line.index(after: equals)...].trimmed)
        }
        return settings
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, let quote = text.first, quote == text.last, quote == "\"" || quote == "'" else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }
}
