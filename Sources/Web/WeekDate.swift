/// A day by its week (ISO 8601): `2026-W52-4` or `2026W524`, a Thursday; without a day the Monday.
struct WeekDate {
    /// `2026-12-24`.
    let date: String

    /// - Returns: nil for a week that the year does not have, and for anything else.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "W", omittingEmptySubsequences: false)
        guard parts.count == 2, let year = Self.number(String(parts[0].filter { $0 != "-" }), digits: 4, 1...9999)
        else {
            return nil
        }
        let behind = String(parts[1].filter { $0 != "-" })
        let hyphens = text.count { $0 == "-" }
        guard hyphens == 0 || hyphens == (behind.count > 2 ? 2 : 1),
            let week = Self.number(behind.prefix(2), digits: 2, 1...53),
            let day = behind.count == 2 ? 1 : Self.number(behind.dropFirst(2), digits: 1, 1...7)
        else { return nil }
        // The fourth of January is always in the first week. Days of January, before and beyond it too.
        let ordinal = 4 - Self.weekday(ofJanuary: 4, year) + (week - 1) * 7 + day
        let isLast = week == 53
        guard
            !isLast || Self.weekday(ofJanuary: 1, year) == 4
                || Self.isLeap(year) && Self.weekday(ofJanuary: 1, year) == 3
        else { return nil }
        guard let date = Self.date(ordinal, of: year) else { return nil }
        self.date = date
    }

    /// The day of that number in a year, the first of January being 1.
    private static func date(_ ordinal: Int, of year: Int) -> String? {
        var (ordinal, year) = (ordinal, year)
        if ordinal < 1 {
            year -= 1
            ordinal += isLeap(year) ? 366 : 365
        } else if ordinal > (isLeap(year) ? 366 : 365) {
            ordinal -= isLeap(year) ? 366 : 365
            year += 1
        }
        guard (1...9999).contains(year) else { return nil }
        var month = 1
        while ordinal > Calendar.days(in: month, of: year) {
            ordinal -= Calendar.days(in: month, of: year)
            month += 1
        }
        let digits = "000\(year)".suffix(4)
        return Calendar.date("\(digits)-\(month)-\(ordinal)")
    }

    /// Monday is 1 (Gauss's rule for the first of January).
    private static func weekday(ofJanuary day: Int, _ year: Int) -> Int {
        let past = year - 1
        let first = (1 + 5 * (past % 4) + 4 * (past % 100) + 6 * (past % 400)) % 7
        return (first + day - 2 + 7) % 7 + 1
    }

    private static func isLeap(_ year: Int) -> Bool { Calendar.days(in: 2, of: year) == 29 }

    private static func number(_ text: some StringProtocol, digits: Int, _ range: ClosedRange<Int64>) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return WholeNumber.read(text, in: range).map(Int.init)
    }
}
