import JSON

/// Whole numbers from outside (paths, queries, headers, forms, files), brought within bounds where they are read.
///
/// Swift ends the process when arithmetic overflows, so a number without bounds is a way to end workers. Whoever reads one
/// names its range; what is computed from it further in then fits.
package enum WholeNumber {
    /// What a row may be numbered.
    package static let identifiers: ClosedRange<Int64> = 0...Int64.max

    /// The number; nil for what is none, and for one outside of the range.
    package static func read(_ text: some StringProtocol, in range: ClosedRange<Int64>) -> Int64? {
        guard let number = Int64(text), range.contains(number) else { return nil }
        return number
    }

    /// The number of the range that is nearest to it, however many digits it has; nil for what is none.
    package static func nearest(to text: String, in range: ClosedRange<Int64>) -> Int64? {
        FieldText.integer(.string(text)).map { min(max($0, range.lowerBound), range.upperBound) }
    }
}

extension Int64 {
    /// 1234567 is 1,234,567, in both languages as they are written in Mexico.
    package var grouped: String {
        var digits = Array(String(self))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return String(digits)
    }
}
