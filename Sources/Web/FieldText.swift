import JSON

/// Lenient readings of JSON scalars, as the legacy API's serializer fields take them.
enum FieldText {
    /// Text, or a number written as text; nil for anything else.
    static func lenient(_ json: JSON) -> String? {
        switch json {
        case .string(let text): text
        case .integer(let number): String(number)
        case .real(let number): "\(number)"
        default: nil
        }
    }

    /// A client's value as an error may repeat it: the legacy API echoes it, we cut it.
    static func echo(_ text: String) -> String {
        text.count > 100 ? String(text.prefix(100)) + "…" : text
    }

    /// 7, 7.0, "7", "07", "+7", " 7 ", "7.0", "1_0", "\u{661}"; not 1.5, "1e1", true.
    ///
    /// What 64 bits cannot hold becomes the nearest number they can: too large for any field, and no row has it.
    static func integer(_ json: JSON) -> Int64? {
        switch json {
        case .integer(let number): return number
        case .real(let number):
            guard number.rounded(.towardZero) == number else { return nil }
            return Int64(exactly: number) ?? (number < 0 ? .min : .max)
        case .string(let text):
            var digits = Substring(text.plain)
            if let dot = digits.firstIndex(of: "."), digits[dot...].dropFirst().allSatisfy({ $0 == "0" }) {
                digits = digits[..<dot]
            }
            return wholeNumber(digits)
        default: return nil
        }
    }

    /// As Python reads it, which read numbers for the legacy API: decimal digits of any script, single underscores between.
    private static func wholeNumber(_ text: Substring) -> Int64? {
        var scalars = text.unicodeScalars[...]
        let isNegative = scalars.first == "-"
        if let sign = scalars.first, sign == "-" || sign == "+" { scalars.removeFirst() }
        var number: Int64 = 0
        var isAfterDigit = false
        for scalar in scalars {
            if scalar == "_" && isAfterDigit {
                isAfterDigit = false
                continue
            }
            guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else {
                return nil
            }
            isAfterDigit = true
            let (shifted, overflows) = number.multipliedReportingOverflow(by: 10)
            let (sum, carries) = shifted.addingReportingOverflow(isNegative ? -Int64(value) : Int64(value))
            number = overflows || carries || number == .max || number == .min ? (isNegative ? .min : .max) : sum
        }
        return isAfterDigit ? number : nil
    }

    static func isDecimal(_ text: String) -> Bool {
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let halves = unsigned.split(separator: ".", omittingEmptySubsequences: false)
        return halves.count <= 2 && unsigned.utf8.count <= 20
            && halves.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }

    /// One `@` between a plain local part and a domain with a dot: what a mail server could deliver to.
    static func isEmail(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, halves[0].utf8.count <= 64 else { return false }
        guard !halves[0].contains(where: { $0.isWhitespace || "()<>,;:\\\"[]".contains($0) }) else { return false }
        let labels = halves[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty && label.count <= 63 && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            }
    }
}
