@_spi(_Unicode) import Swift

/// One text of the several that look the same: people type, paste, scan and import them without seeing a difference.
///
/// It stands in this target because it is the lowest one that all import which read text from outside. Not for secrets
/// that people choose: a password is what was typed.
extension StringProtocol {
    /// Composed (Unicode NFC), without marks that nobody sees, every kind of space a plain one, none at either end.
    ///
    /// A null character stays: it is a fault to be told. Joiners and selectors stay where a script or a picture needs them.
    package var plain: String {
        guard !utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) else { return String(self).trimmed }
        var shown = String.UnicodeScalarView()
        let scalars = isComposable ? Array(String(self)._nfc) : Array(unicodeScalars)
        for (place, scalar) in scalars.enumerated() {
            let next = place + 1 < scalars.count ? scalars[place + 1] : nil
            guard scalar.isSeen(between: shown.last, and: next) else { continue }
            shown.append(scalar.properties.generalCategory == .spaceSeparator ? " " : scalar)
        }
        return String(shown).trimmed
    }

    /// With the digits 0 to 9 in place of those of other scripts, ASCII in place of full-width letters and signs, and a
    /// hyphen in place of every dash: what people mean in a number or a code.
    package var withPlainDigits: String {
        guard !utf8.allSatisfy({ $0 < 0x80 }) else { return String(self) }
        return String(String.UnicodeScalarView(unicodeScalars.map(\.plainDigit)))
    }

    /// In capitals, of a text of ASCII letters and digits alone, which is what nearly every code is; nil for any other.
    package var plainCapitals: String? {
        let capitals = utf8.lazy.map(\.capital)
        return capitals.allSatisfy(\.isCapitalOrDigit) ? String(decoding: capitals, as: UTF8.self) : nil
    }

    /// What counts in a plate, a code or a number of a document: letters and digits, capitals, digits 0 to 9.
    package var lettersAndDigits: String {
        if utf8.allSatisfy({ $0 < 0x80 }) {
            return String(decoding: utf8.lazy.map(\.capital).filter(\.isCapitalOrDigit), as: UTF8.self)
        }
        let letters = plain.withPlainDigits.uppercased().unicodeScalars.filter { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
        }
        return String(String.UnicodeScalarView(letters))
    }
}

extension StringProtocol {
    /// Whether no letter has more marks on it than any language writes: sorting them takes the square of their number,
    /// and thousands are sent to keep a worker busy (UAX #15, "Stream-Safe Text Format").
    private var isComposable: Bool {
        var marks = 0
        for scalar in unicodeScalars {
            marks = scalar.properties.canonicalCombiningClass == .notReordered ? 0 : marks + 1
            if marks > 30 { return false }
        }
        return true
    }
}

extension UInt8 {
    /// The capital of a letter of ASCII; any other byte as it is.
    fileprivate var capital: UInt8 { (0x61...0x7A).contains(self) ? self - 0x20 : self }

    fileprivate var isCapitalOrDigit: Bool { (0x41...0x5A).contains(self) || (0x30...0x39).contains(self) }
}

extension Unicode.Scalar {
    /// Whether somebody could see the difference that it makes.
    fileprivate func isSeen(between before: Unicode.Scalar?, and after: Unicode.Scalar?) -> Bool {
        switch value {
        case 0, 0x09, 0x0A, 0x0D: return true
        // Joiners: in scripts of Asia, and between pictures.
        case 0x200C, 0x200D: return [before, after].allSatisfy { ($0?.value ?? 0) >= 0x590 }
        // The text or the coloured form of a picture, also of a digit on a key.
        case 0xFE0E, 0xFE0F:
            return before?.properties.isEmoji == true && (before?.isASCII == false || after?.value == 0x20E3)
        default: return properties.generalCategory != .control && !properties.isDefaultIgnorableCodePoint
        }
    }

    fileprivate var plainDigit: Unicode.Scalar {
        switch properties.generalCategory {
        case .decimalNumber:
            properties.numericValue.flatMap { Unicode.Scalar(UInt8(0x30 + $0)) } ?? self
        case .dashPunctuation: "-"
        default:
            switch value {
            // Full-width forms, in the order of ASCII; the minus sign.
            case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0) ?? self
            case 0x2212: "-"
            default: self
            }
        }
    }
}
