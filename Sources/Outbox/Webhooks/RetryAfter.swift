/// How long somebody asks to be left alone (RFC 9110, 10.2.3): seconds, or a moment.
package enum RetryAfter {
    /// A day; whoever asks for more gets that.
    private static let most: Int64 = 86_400
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// - Parameter now: seconds since 1970.
    /// - Returns: seconds from now on; nil for what is neither.
    package static func seconds(_ text: String, now: Int64) -> Int64? {
        let text = text.filter { $0 != "\t" }
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return min(text.utf8.count > 9 ? most : Int64(text) ?? most, most)
        }
        return moment(text).map { min(max(0, $0 - now), most) }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate), in seconds since 1970.
    private static func moment(_ text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        let clock = words[4].split(separator: ":")
        guard clock.count == 3, let day = number(words[1], 1...31), let year = number(words[3], 1970...9999),
            let hour = number(clock[0], 0...23), let minute = number(clock[1], 0...59),
            let second = number(clock[2], 0...60)
        else { return nil }
        return days(year, Int64(month) + 1, day) * 86_400 + hour * 3_600 + minute * 60 + second
    }

    private static func number(_ text: Substring, _ range: ClosedRange<Int64>) -> Int64? {
        guard text.utf8.count <= 4, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text),
            range.contains(number)
        else { return nil }
        return number
    }

    /// Days from 1970-01-01 in the Gregorian calendar; a year begins in March, so that its last day is the odd one.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let (year, month) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
        return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 719_469
    }
}
