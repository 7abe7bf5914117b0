import Web

/// Moments as terminals write them.
package enum TerminalClock {
    /// Seconds of years of twelve months of 31 days since 2000, which is how the protocol counts.
    static func count(year: Int64, month: Int64, day: Int64, secondOfDay: Int64) -> Int64 {
        ((year - 2000) * 12 * 31 + (month - 1) * 31 + day - 1) * 86_400 + secondOfDay
    }

    /// The count of a moment in UTC.
    /// - Parameter seconds: since 1970.
    package static func count(of seconds: Int64) -> Int64 {
        // Days of the proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
        let days = seconds / 86_400 + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return count(
            year: year, month: month, day: dayOfYear - (153 * shifted + 2) / 5 + 1, secondOfDay: seconds % 86_400)
    }

    /// A wall clock time as PostgreSQL reads it, when it is one: `2026-11-30 08:15:00`.
    package static func wallTime(_ text: String?) -> String? {
        let shape = (text ?? "").map { $0.isASCII && $0.isNumber ? "9" : $0 }
        guard let text, String(shape) == "9999-99-99 99:99:99" else { return nil }
        let parts = text.split { "-: ".contains($0) }.compactMap { WholeNumber.read($0, in: 0...9_999) }
        let isLeap = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0)
        let days: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (2000...2099).contains(parts[0]), (1...12).contains(parts[1]),
            parts[2] >= 1, zip(1..., days).contains(where: { $0 == parts[1] && parts[2] <= $1 }),
            (0...23).contains(parts[3]), (0...59).contains(parts[4]), (0...59).contains(parts[5])
        else { return nil }
        return text
    }

    /// `-0600`.
    package static func zone(minutes: Int64) -> String {
        let size = minutes < 0 ? -minutes : minutes
        let digits = [size / 60 / 10, size / 60 % 10, size % 60 / 10, size % 10].map { String($0) }.joined()
        return (minutes < 0 ? "-" : "+") + digits
    }
}
