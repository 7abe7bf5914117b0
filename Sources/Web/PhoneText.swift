import JSON

/// A telephone number as people write it; the database reads it (`garita.read_phone`).
package enum PhoneText {
    /// What stands between the digits, once dashes are hyphens: `garita.plain_phone` takes the same.
    private static let signs = " -.()·•/"
    /// Of them, those that columns of phones do not hold.
    private static let unkept = ".·•/"

    /// Between its signs digits, before which a plus may stand.
    ///
    /// 10 to 15 are the legacy API's rule. Of fewer or more the database knows whether they are a number of the country.
    static func isPhone(_ text: String) -> Bool {
        var bare = bare(text)[...]
        if bare.first == "+" { bare.removeFirst() }
        return (4...16).contains(bare.utf8.count) && bare.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// With plain digits and hyphens for the signs that are not kept, and where that is too long for the field, the digits
    /// alone; anything else as it is.
    static func kept(_ text: String, maximum: Int?) -> String {
        guard isPhone(text) else { return text }
        let kept = String(withoutFraction(text).map { unkept.contains($0) ? "-" : $0 })
        return kept.unicodeScalars.count > maximum ?? .max ? bare(text) : kept
    }

    /// Whether the legacy API takes it without knowing a country.
    static func isLong(_ text: String) -> Bool {
        (10...15).contains(text.utf8.count { (0x30...0x39).contains($0) })
    }

    /// What may be a phone or a part of one, for `api.phone_to_find`; nil for everything else.
    package static func part(_ text: String) -> String? {
        let text = text.plain.withPlainDigits
        let digits = text.utf8.count { (0x30...0x39).contains($0) }
        let isPart = text.allSatisfy { $0.isASCII && $0.isNumber || $0 == "+" || signs.contains($0) }
        return isPart && digits >= (text.hasPrefix("+") ? 4 : 5) ? text : nil
    }

    private static func bare(_ text: String) -> String { withoutFraction(text).filter { !signs.contains($0) } }

    /// 5512345678 for 5512345678.0, which a sheet makes of a phone that it takes for an amount.
    private static func withoutFraction(_ text: String) -> String {
        let text = text.withPlainDigits
        guard let dot = text.firstIndex(of: "."), text[..<dot].utf8.count >= 7, dot < text.index(before: text.endIndex),
            text[..<dot].allSatisfy({ $0.isNumber || $0 == "+" }), text[dot...].dropFirst().allSatisfy({ $0 == "0" })
        else { return text }
        return String(text[..<dot])
    }
}
