/// One cell of a spreadsheet.
package enum SheetCell: Equatable, Sendable {
    case empty
    /// Kept letter by letter: it is no formula, no number and no date, whatever it looks like.
    case text(String)
    case number(Double)
    case bool(Bool)
    /// Whole days since 1899-12-30.
    case date(Double)
    /// Days since 1899-12-30 and the part of one that has passed, on the clock of the site.
    case moment(Double)
    /// The part of a day that has passed.
    case clock(Double)

    /// A whole number; one with more digits than a spreadsheet keeps is text.
    package static func whole(_ number: Int64) -> SheetCell {
        (-999_999_999_999_999...999_999_999_999_999).contains(number) ? .number(Double(number)) : .text(String(number))
    }

    /// `2026-11-22`; what no spreadsheet has a day for stays text.
    package static func date(_ text: String) -> SheetCell {
        SheetTime.days(text.utf8).map { .date($0) } ?? .text(text)
    }

    /// `2026-11-22T18:25:29.523300-06:00`, without the offset: the clock of the site is what a person reads.
    package static func moment(_ text: String) -> SheetCell {
        let clock = text.utf8.dropFirst(11)
        guard let days = SheetTime.days(text.utf8.prefix(10)), let time = SheetTime.partOfDay(clock.prefix(8)) else {
            return .text(text)
        }
        return .moment(days + time)
    }

    /// `18:30:00`, also `24:00:00`.
    package static func clock(_ text: String) -> SheetCell {
        SheetTime.partOfDay(text.utf8.prefix(8)).map { .clock($0) } ?? .text(text)
    }

    /// Characters that a program shows of it.
    var width: Int {
        switch self {
        case .empty: 0
        case .text(let text): text.utf16.count
        case .number(let number): number == number.rounded() ? "\(Int64(number))".utf8.count : "\(number)".utf8.count
        case .bool: 5
        case .date: 10
        case .moment: 19
        case .clock: 8
        }
    }
}

/// Days as spreadsheets count them (ECMA-376, part 1, 18.17.4.1: the 1900 date base).
private enum SheetTime {
    /// The first day on which all programs agree: some have a 29 February in 1900.
    private static let first = 61.0

    /// The number of `YYYY-MM-DD`; nil for what is none, or is before March 1900.
    static func days(_ text: some Collection<UInt8>) -> Double? {
        let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, text.count == 10, let year = number(parts[0]), let month = number(parts[1]),
            let day = number(parts[2]), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        // Years begin in March, so that the leap day is the last one (Howard Hinnant, "chrono-Compatible Low-Level Date
        // Algorithms", days_from_civil).
        let shifted = month > 2 ? year : year - 1
        let inYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = Double(shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + inYear - 693_899)
        return days >= first ? days : nil
    }

    /// Of `HH:MM:SS`.
    static func partOfDay(_ text: some Collection<UInt8>) -> Double? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = number(parts[0]), let minute = number(parts[1]),
            let second = number(parts[2])
        else { return nil }
        return Double(hour * 3600 + minute * 60 + second) / 86_400
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
