import Pages
import Web

/// A day of the calendar as SQL writes it.
struct Day {
    /// The short names of the months, January first.
    static let months = [
        Text("Jan", es: "ene"), Text("Feb", es: "feb"), Text("Mar", es: "mar"), Text("Apr", es: "abr"),
        Text("May", es: "may"), Text("Jun", es: "jun"), Text("Jul", es: "jul"), Text("Aug", es: "ago"),
        Text("Sep", es: "sep"), Text("Oct", es: "oct"), Text("Nov", es: "nov"), Text("Dec", es: "dic"),
    ]

    private let parts: [Int]

    /// `2026-11-23`, or `2026-11` for a month.
    init(_ text: String) {
        parts = text.split(separator: "-").compactMap { WholeNumber.read($0, in: 0...9999).map(Int.init) }
    }

    /// `23 Nov 2026`.
    func name(_ page: PageContext) -> String {
        parts.count == 3 ? "\(parts[2]) \(monthName(page))" : ""
    }

    /// `Nov 2026`.
    func monthName(_ page: PageContext) -> String {
        guard parts.count >= 2, Self.months.indices.contains(parts[1] - 1) else { return "" }
        return "\(page.localized(Self.months[parts[1] - 1])) \(parts[0])"
    }
}
