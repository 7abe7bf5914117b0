import OperatingSystem

/// A file of `KEY=value` lines: blank lines, `#` lines and lines without `=` are skipped, one pair of equal quotes is taken
/// off, the last line of a key wins.
///
/// The rules are those of the legacy API's settings files (python-decouple 3.8, `RepositoryEnv`), so that its operators
/// need not relearn them: no `export`, no comment behind a value, nothing put in for `$NAME`.
struct SettingsFile {
    /// Where a package keeps it, and where commands find it without being told.
    static let usual = "/etc/garita/garita.env"

    /// A value and the number of its line, from 1.
    struct Line {
        let text: String
        let number: Int
    }

    let path: String
    let lines: [String: Line]

    init(_ path: String) throws(OperatingSystemError) {
        self.path = path
        lines = Self.parse(try Files.readText(path, limit: 65_536, onlyRegular: true))
    }

    private static func parse(_ text: String) -> [String: Line] {
        var found: [String: Line] = [:]
        // As Python reads a text file: CR, LF and CR LF end a line, nothing else does. By scalars, because CR LF is one
        // Character.
        var number = 0
        var line = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in Array(text.unicodeScalars) + ["\n"] {
            defer { isAfterReturn = scalar == "\r" }
            guard scalar == "\n" || scalar == "\r" else {
                line.append(scalar)
                continue
            }
            if scalar == "\n", isAfterReturn { continue }
            number += 1
            if let (key, value) = pair(in: String(line)) { found[key] = Line(text: value, number: number) }
            line = String.UnicodeScalarView()
        }
        return found
    }

    private static func pair(in line: String) -> (key: String, value: String)? {
        let scalars = SettingText.trimmed(line).unicodeScalars
        guard scalars.first != "#", let equals = scalars.firstIndex(of: "=") else { return nil }
        let key = SettingText.trimmed(String(scalars[..<equals]))
        return (key, unquoted(SettingText.trimmed(String(scalars[scalars.index(after: equals)...]))))
    }

    private static func unquoted(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count >= 2, let quote = scalars.first, quote == scalars.last, quote == "\"" || quote == "'" else {
            return text
        }
        return String(scalars.dropFirst().dropLast())
    }
}
