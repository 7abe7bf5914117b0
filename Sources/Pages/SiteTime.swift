package import Web

/// A day of the calendar as SQL writes it.
package struct Day {
    /// The short names of the months, January first.
    package static let months = [
        Text("Jan", es: "ene"), Text("Feb", es: "feb"), Text("Mar", es: "mar"), Text("Apr", es: "abr"),
        Text("May", es: "may"), Text("Jun", es: "jun"), Text("Jul", es: "jul"), Text("Aug", es: "ago"),
        Text("Sep", es: "sep"), Text("Oct", es: "oct"), Text("Nov", es: "nov"), Text("Dec", es: "dic"),
    ]

    private let text: String
    private let parts: [Int]

    /// `2026-11-23`, or `2026-11` for a month; what stands behind it is left alone.
    package init(_ text: String) {
        self.text = String(text.prefix(10))
        parts = self.text.split(separator: "-").compactMap { WholeNumber.read($0, in: 0...9999).map(Int.init) }
    }

    /// `23 Nov 2026`, the same in words and numbers for who reads month first and who reads day first.
    package func name(_ page: PageContext) -> String { name(page.layout.language) }

    /// The same in a language.
    package func name(_ language: Language) -> String {
        parts.count == 3 ? "\(parts[2]) \(monthName(language))" : ""
    }

    /// `23 Nov`, where the year stands beside it.
    package func shortName(_ page: PageContext) -> String {
        guard parts.count == 3, Self.months.indices.contains(parts[1] - 1) else { return monthName(page) }
        return "\(parts[2]) \(page.localized(Self.months[parts[1] - 1]))"
    }

    /// `Nov 2026`.
    package func monthName(_ page: PageContext) -> String { monthName(page.layout.language) }

    private func monthName(_ language: Language) -> String {
        guard parts.count >= 2, Self.months.indices.contains(parts[1] - 1) else { return "" }
        return "\(Self.months[parts[1] - 1](language)) \(parts[0])"
    }

    /// Its name, and for programs the day as SQL writes it.
    package func html(_ page: PageContext) -> HTML { "<time datetime=\"\(text)\">\(name(page))</time>" }
}

/// A moment as PostgreSQL writes it, in the time zone of the site.
package struct SiteTime {
    private let text: String

    /// - Parameter text: `2026-11-22 22:25:29.5233-06`, or the beginning of it, down to the minute.
    package init(_ text: String) { self.text = text }

    /// `22 Nov 2026, 22:25`.
    package func name(_ page: PageContext) -> String { "\(Day(text).name(page)), \(text.dropFirst(11).prefix(5))" }

    /// To the minute; the whole of it under the pointer.
    ///
    /// - Parameter today: the day of the site, `2026-11-22`: a moment of it is told by the hour alone; nil for always the whole.
    package func html(_ page: PageContext, today: String? = nil, showsSeconds: Bool = false) -> HTML {
        let isToday = today.map { text.hasPrefix($0) } ?? false
        let seconds = showsSeconds ? String(text.dropFirst(16).prefix(3)) : ""
        let said = (isToday ? String(text.dropFirst(11).prefix(5)) : name(page)) + seconds
        return "<time datetime=\"\(text.prefix(19))\" title=\"\(text)\">\(said)</time>"
    }

    /// As an input for date and time takes it.
    package var input: String { Self.withSeconds(text.prefix(10) + "T" + text.dropFirst(11).prefix(8)) }

    /// `18:30` and `2026-11-22T18:30` with the seconds that browsers leave out when they are none.
    package static func withSeconds(_ text: String) -> String {
        [5, 16].contains(text.utf8.count) ? "\(text):00" : text
    }
}
