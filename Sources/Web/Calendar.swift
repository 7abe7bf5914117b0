/// Reads dates and times before PostgreSQL does, so that a wrong one is an error of the field, not of the query.
///
/// They are taken as the legacy API took them (Django 5.2, `django.utils.dateparse`, on Python 3.11: digits behind
/// microseconds are cut off, a comma is a point), and go on in the one way that PostgreSQL reads as it is meant.
package enum Calendar {
    /// `2026-12-24`, from `2026-1-5`, `20261224` and a week (`2026-W52-4`) too; nil for a day that does not exist.
    static func date(_ text: some StringProtocol) -> String? {
        if text.contains("W") { return WeekDate(text)?.date }
        let isShort = text.utf8.count == 8 && text.utf8.allSatisfy(isDigit)
        let written = isShort ? "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))" : String(text)
        let parts = written.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = number(parts[0], digits: 4...4, 1...9999),
            let month = number(parts[1], digits: 1...2, 1...12), let day = number(parts[2], digits: 1...2, 1...31),
            day <= days(in: month, of: year)
        else { return nil }
        return "\(parts[0])-\(twoDigits(month))-\(twoDigits(day))"
    }

    /// `18:30`, `18:30:15` or `18:30:15.5`, from `T1830`, `18` and one with a zone too, which is left out as the legacy API
    /// did; nil for anything else.
    static func time(_ text: some StringProtocol) -> String? {
        let rest = text.hasPrefix("T") ? Substring(text.dropFirst()) : Substring(text)
        let start = rest.firstIndex { "Zz+-".contains($0) } ?? rest.endIndex
        guard zone(rest[start...]) != nil else { return nil }
        return clock(rest[..<start])
    }

    private static func clock(_ text: Substring) -> String? { text.contains(":") ? colons(text) : shortTime(text) }

    private static func colons(_ text: some StringProtocol) -> String? {
        let parts = String(text).split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = number(parts[0], digits: 1...2, 0...23),
            let minute = number(parts[1], digits: 1...2, 0...59)
        else { return nil }
        let start = "\(twoDigits(hour)):\(twoDigits(minute))"
        return parts.count == 2 ? start : second(parts[2]).map { "\(start):\($0)" }
    }

    /// A date; or one, `T` or a blank, a time and perhaps `Z` or an offset of at most fourteen hours and a part of one.
    static func timestamp(_ text: String) -> String? {
        guard let separator = text.firstIndex(where: { "Tt ".contains($0) }) else { return date(text) }
        let rest = text[text.index(after: separator)...]
        let start = rest.firstIndex { "Zz+-".contains($0) } ?? rest.endIndex
        guard let day = date(text[..<separator]), let zone = zone(rest[start...]) else { return nil }
        var clock = rest[..<start]
        while clock.last == " " { clock.removeLast() }
        return Self.clock(clock).map { "\(day)T\($0)\(zone)" }
    }

    /// `18`, `1830`, `183015`, `183015.5`.
    private static func shortTime(_ text: Substring) -> String? {
        let digits = text.utf8.prefix(while: isDigit).count
        if digits == 2, text.utf8.count == 2 { return colons("\(text):00") }
        guard digits == 6 || digits == 4 && text.utf8.count == 4 else { return nil }
        return colons("\(text.prefix(2)):\(text.dropFirst(2).prefix(2))" + (digits == 6 ? ":\(text.dropFirst(4))" : ""))
    }

    private static func second(_ text: Substring) -> String? {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard let whole = parts.first.flatMap({ number($0, digits: 1...2, 0...59) }) else { return nil }
        guard parts.count == 2 else { return twoDigits(whole) }
        guard !parts[1].isEmpty, parts[1].utf8.allSatisfy(isDigit) else { return nil }
        return "\(twoDigits(whole)).\(parts[1].prefix(6))"
    }

    /// `Z`, `+02`, `+0200` or `+02:00`; empty where there is none.
    private static func zone(_ text: Substring) -> String? {
        guard let sign = text.first else { return "" }
        guard sign == "+" || sign == "-" else { return text.utf8.count == 1 ? "Z" : nil }
        let (hour, rest) = (text.dropFirst().prefix(2), text.dropFirst(3))
        let minute = rest.isEmpty ? "00" : rest.hasPrefix(":") ? rest.dropFirst() : rest
        guard number(hour, digits: 2...2, 0...14) != nil, number(minute, digits: 2...2, 0...59) != nil else {
            return nil
        }
        return "\(sign)\(hour):\(minute)"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func number(_ text: Substring, digits: ClosedRange<Int>, _ range: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy(isDigit),
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
