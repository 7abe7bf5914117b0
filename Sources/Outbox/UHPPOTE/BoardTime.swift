/// Day and time as a board knows them: the clock on the wall, without a zone.
package struct BoardTime: Equatable, Sendable {
    /// Seconds between 1970-01-01 00:00:00 of the same wall and this.
    package let seconds: Int64

    package init(seconds: Int64) { self.seconds = seconds }

    /// Of seven bytes of two digits each, `YYYYMMDDhhmmss`; nil for a clock that was never set, and for no time.
    package init?(_ digits: [UInt8]) {
        let pairs = digits.compactMap(Self.number)
        guard digits.count == 7, pairs.count == 7 else { return nil }
        let year = pairs[0] * 100 + pairs[1]
        guard let day = BoardDate(year: year, month: pairs[2], day: pairs[3]), year > 2000,
            pairs[4] < 24, pairs[5] < 60, pairs[6] < 60
        else { return nil }
        seconds = day.days * 86400 + pairs[4] * 3600 + pairs[5] * 60 + pairs[6]
    }

    /// The day.
    package var date: BoardDate { BoardDate(days: Self.floor(seconds, 86400)) }

    /// Seven bytes of two digits each.
    package var digits: [UInt8] {
        let clock = seconds - date.days * 86400
        return date.digits + [clock / 3600, clock / 60 % 60, clock % 60].map(Self.digits)
    }

    /// `2026-11-30 18:05:09`.
    package var text: String {
        let clock = digits[4...].map(Self.text).joined(separator: ":")
        return "\(date.text) \(clock)"
    }

    /// Two decimal digits of one byte; nil where one is none.
    package static func number(_ byte: UInt8) -> Int64? {
        byte >> 4 < 10 && byte & 15 < 10 ? Int64(truncatingIfNeeded: byte >> 4 * 10 + byte & 15) : nil
    }

    /// The other way.
    package static func digits(_ number: Int64) -> UInt8 {
        UInt8(truncatingIfNeeded: (number / 10 % 10) << 4 | number % 10)
    }

    /// Two digits as they are written.
    package static func text(_ byte: UInt8) -> String { "\(byte >> 4)\(byte & 15)" }

    /// Division towards the past.
    package static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
    }
}

/// A day as a board knows it.
package struct BoardDate: Equatable, Sendable {
    /// Days since 1970-01-01.
    package let days: Int64

    package init(days: Int64) { self.days = days }

    /// Nil for a day that does not exist.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    package init?(year: Int64, month: Int64, day: Int64) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        guard civil == (year, month, day) else { return nil }
    }

    /// Of four bytes of two digits each, `YYYYMMDD`; nil for none.
    package init?(_ digits: [UInt8]) {
        let pairs = digits.compactMap(BoardTime.number)
        guard digits.count == 4, pairs.count == 4 else { return nil }
        self.init(year: pairs[0] * 100 + pairs[1], month: pairs[2], day: pairs[3])
    }

    /// Four bytes of two digits each.
    package var digits: [UInt8] {
        let (year, month, day) = civil
        return [year / 100, year % 100, month, day].map(BoardTime.digits)
    }

    /// `2026-11-30`.
    package var text: String {
        let pairs = digits.map(BoardTime.text)
        return "\(pairs[0])\(pairs[1])-\(pairs[2])-\(pairs[3])"
    }

    /// The other way (civil_from_days).
    private var civil: (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = BoardTime.floor(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let (year, day) = (yearOfEra + era * 400, dayOfYear - (153 * month + 2) / 5 + 1)
        return month < 10 ? (year, month + 3, day) : (year + 1, month - 9, day)
    }
}
