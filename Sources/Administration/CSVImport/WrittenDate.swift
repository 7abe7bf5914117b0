import JSON
import Pages
import Resource
import Web

/// A day as people write it: `31/01/2024`, `31-01-24`, `31 ene 2024`, `January 31, 2024`, `2024-01-31`, `20240131`.
///
/// The day comes first, as in Mexico; of two digits of a year 69 is 1969 and 68 is 2068 (POSIX, `strptime`).
struct WrittenDate {
    private let year: Int
    private let month: Int
    private let day: Int

    /// As the API writes it.
    var iso: String { "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))" }

    /// - Returns: a fault where it cannot be read, or is no day.
    static func read(_ text: String) -> Result<String, FieldFault> {
        guard let date = WrittenDate(text.withPlainDigits) else { return .failure(FieldFault(.unreadable(text.echo))) }
        if date.month > 12, date.day <= 12, date.month <= 31 {
            let meant = "\(digits(date.month, 2))/\(digits(date.day, 2))/\(date.year)"
            return .failure(FieldFault(.monthFirst(text.echo, meant: meant)))
        }
        guard (1...12).contains(date.month), date.day >= 1, date.year >= 1,
            date.day <= Calendar.days(in: date.month, of: date.year)
        else { return .failure(FieldFault(date.noSuchDay(text.echo))) }
        return .success(date.iso)
    }

    private init?(_ text: String) {
        if text.utf8.count == 8, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            self.init(Array([text.prefix(4), text.dropFirst(4).prefix(2), text.suffix(2)].map(String.init)))
            return
        }
        let words = text.folded.split { "/-.,".contains($0) || $0.isWhitespace }.map(String.init)
        self.init(words.filter { !Self.fillers.contains($0) && Self.weekday($0) == nil })
    }

    /// - Parameter parts: day, month and year in an order that shows.
    private init?(_ parts: [String]) {
        guard parts.count == 3 else { return nil }
        let monthName = parts.firstIndex { Self.month($0) != nil }
        let isYearFirst = parts[0].utf8.count == 4 && Self.number(parts[0]) != nil
        let places =
            switch (monthName, isYearFirst) {
            case (0?, _): (day: 1, month: 0, year: 2)
            case (_, true): (day: 2, month: 1, year: 0)
            default: (day: 0, month: 1, year: 2)
            }
        guard let day = Self.ordinal(parts[places.day]),
            let month = Self.month(parts[places.month]) ?? Self.number(parts[places.month]),
            let year = Self.year(parts[places.year])
        else { return nil }
        self.day = day
        self.month = month
        self.year = year
    }

    // MARK: Parts

    private static func number(_ text: some StringProtocol) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return WholeNumber.read(text, in: 0...9999).map { Int(clamping: $0) }
    }

    /// `1`, `1o`, `1º`, `1ro`, `1st`, `2nd`.
    private static func ordinal(_ text: String) -> Int? {
        let count = text.utf8.prefix { (0x30...0x39).contains($0) }.count
        guard count <= 2, ["", "o", "º", "°", "ro", "er", "st", "nd", "rd", "th"].contains(text.dropFirst(count)) else {
            return nil
        }
        return number(text.prefix(count))
    }

    private static func year(_ text: String) -> Int? {
        guard let number = number(text) else { return nil }
        switch text.utf8.count {
        case 4: return number
        case 2: return number + (number < 69 ? 2000 : 1900)
        default: return nil
        }
    }

    private static func month(_ word: String) -> Int? {
        guard word.utf8.count >= 3 else { return nil }
        for names in [spanishMonths, englishMonths] {
            if let index = names.firstIndex(where: { $0.hasPrefix(word) }) { return index + 1 }
        }
        return ["set": 9, "sept": 9, "setiembre": 9][word]
    }

    private static func weekday(_ word: String) -> Int? {
        guard word.utf8.count >= 3 else { return nil }
        return weekdays.firstIndex { $0.hasPrefix(word) }
    }

    private static let fillers: Set<String> = ["de", "del", "of", "the"]
    private static let spanishMonths = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ]
    private static let englishMonths = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let weekdays = [
        "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "monday", "tuesday", "wednesday",
        "thursday", "friday", "saturday", "sunday",
    ]

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(count - text.utf8.count, 0)) + text
    }

    /// Why it is no day: of a month that there is, said with its name.
    private func noSuchDay(_ text: String) -> Text {
        guard (1...12).contains(month), (1...31).contains(day) else { return .unreadable(text) }
        let english = Self.englishMonths[month - 1].capitalizedFirst
        return Text(
            "There is no \(day) \(english) \(year).",
            es: "No existe el \(day) de \(Self.spanishMonths[month - 1]) de \(year).")
    }
}

/// A time of day as people write it: `18:30`, `6:30 p. m.`, `6 pm`, `18:30 h`.
enum WrittenTime {
    /// - Returns: `18:30` or `18:30:15`; what cannot be read as it is, which its field then refuses.
    static func read(_ text: String) -> String {
        let bare = text.withPlainDigits.lowercased().filter { !$0.isWhitespace && $0 != "." }
        let isAfternoon = bare.hasSuffix("pm")
        if isAfternoon || bare.hasSuffix("am") {
            let clock = bare.dropLast(2)
            let end = clock.firstIndex(of: ":") ?? clock.endIndex
            guard let hour = WholeNumber.read(clock[..<end], in: 1...12) else { return text }
            let rest = end == clock.endIndex ? ":00" : String(clock[end...])
            let hours = hour % 12 + (isAfternoon ? 12 : 0)
            return (hours < 10 ? "0\(hours)" : "\(hours)") + rest
        }
        for unit in ["horas", "hrs", "hs", "hr", "h"] where bare.hasSuffix(unit) && bare.contains(":") {
            return String(bare.dropLast(unit.count))
        }
        return text
    }
}

/// A day and perhaps a time behind it, as people write them.
enum WrittenMoment {
    static func read(_ text: String) -> Result<String, FieldFault> {
        // As programs write it, with a zone perhaps.
        if text.utf8.count >= 11, text.utf8.dropFirst(10).first == UInt8(ascii: "T") { return .success(text) }
        guard let colon = text.firstIndex(of: ":") else {
            let words = text.split(separator: " ").map(String.init)
            guard let clock = words.firstIndex(where: { ["am", "pm"].contains($0.suffix(2).lowercased()) }) else {
                return WrittenDate.read(text)
            }
            return parts(words[..<clock].joined(separator: " "), words[clock...].joined(separator: " "))
        }
        guard let blank = text[..<colon].lastIndex(where: \.isWhitespace) else {
            return .failure(FieldFault(.unreadable(text.echo)))
        }
        return parts(String(text[..<blank]), text[blank...].trimmingBlanks)
    }

    /// A day where a spreadsheet wrote midnight behind it.
    static func readDay(_ text: String) -> Result<String, FieldFault> {
        for midnight in [" 00:00:00.000", " 00:00:00", " 00:00", " 0:00:00", " 0:00", "T00:00:00"]
        where text.hasSuffix(midnight) {
            return WrittenDate.read(String(text.dropLast(midnight.count)))
        }
        return WrittenDate.read(text)
    }

    private static func parts(_ day: String, _ time: String) -> Result<String, FieldFault> {
        WrittenDate.read(day.trimmed.last == "," ? String(day.trimmed.dropLast()) : day).map {
            "\($0) \(WrittenTime.read(time))"
        }
    }
}

extension StringProtocol {
    fileprivate var trimmingBlanks: String { String(self).trimmed }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Text {
    fileprivate static func unreadable(_ text: String) -> Text {
        Text(
            "“\(text)” is not a date: enter it as 31/01/2024 or 2024-01-31.",
            es: "«\(text)» no es una fecha: escríbala así, 31/01/2024 o 2024-01-31.")
    }

    fileprivate static func monthFirst(_ text: String, meant: String) -> Text {
        Text(
            "“\(text)” has the month first: write the day first, as \(meant).",
            es: "«\(text)» lleva primero el mes: escriba primero el día, así: \(meant).")
    }
}
