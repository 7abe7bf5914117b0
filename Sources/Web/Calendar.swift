/// Checks dates and times before PostgreSQL sees them, so that a wrong one is an error of the field, not of the query.
package enum Calendar {
    /// `2026-12-24`: a day that exists.
    static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[0], digits: 4...4, 1...9999),
            let month = number(parts[1], digits: 1...2, 1...12), let day = number(parts[2], digits: 1...2, 1...31)
        else { return false }
        return day <= days(in: month, of: year)
    }

    /// `18:30`, `18:30:15`, `18:30:15.5`.
    static func isTime(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), number(parts[0], digits: 1...2, 0...23) != nil,
            number(parts[1], digits: 1...2, 0...59) != nil
        else { return false }
        return parts.count == 2 || isSecond(parts[2])
    }

    /// A date, and perhaps `T` or a blank, a time, and `Z` or an offset of at most a day.
    static func isTimestamp(_ text: String) -> Bool {
        guard let separator = text.firstIndex(where: { $0 == "T" || $0 == "t" || $0 == " " }) else {
            return isDate(text)
        }
        let clock = text[text.index(after: separator)...]
        guard isDate(String(text[..<separator])) else { return false }
        if clock.last == "Z" || clock.last == "z" { return isTime(String(clock.dropLast())) }
        guard let sign = clock.firstIndex(where: { $0 == "+" || $0 == "-" }) else { return isTime(String(clock)) }
        return isTime(String(clock[..<sign])) && isOffset(clock[clock.index(after: sign)...])
    }

    private static func isSecond(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, number(parts[0], digits: 1...2, 0...59) != nil else { return false }
        return parts.count == 1 || number(parts[1], digits: 1...6, 0...999_999) != nil
    }

    private static func isOffset(_ text: Substring) -> Bool {
        let digits = text.filter { $0 != ":" }
        return number(digits.prefix(2), digits: 2...2, 0...14) != nil
            && (digits.count == 2 || number(digits.dropFirst(2)[...], digits: 2...2, 0...59) != nil)
    }

    private static func number(_ text: Substring, digits: ClosedRange<Int>, _ range: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), range.contains(number)
        else { return nil }
        return number
    }

    /// How many days a month has, 1 being January.
    package static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        default: 31
        }
    }
}
