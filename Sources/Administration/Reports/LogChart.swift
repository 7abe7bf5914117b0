import Pages
import Web

/// Bars side by side, one for each hour or day; the numbers stand in a table beside it.
///
/// The drawing is stretched to the width there is, so whatever is written stands outside of it.
struct LogChart {
    private static let height: Int64 = 200
    private static let longestMarks = 7
    let title: String
    let counts: [LogCount]
    /// What stands below, from left to right at equal distances.
    var marks = Marks.hours

    /// What is written below the bars.
    struct Marks {
        let names: [String]
        /// How they stand, as the stylesheet knows it.
        let look: String

        static let hours = Marks(names: ["00:00", "06:00", "12:00", "18:00", "24:00"], look: "")
    }

    /// Names of days or months: of each, else of every so many as divide them evenly, else of the first and the last.
    static func marks(of counts: [LogCount], _ page: PageContext) -> Marks {
        let shown = (1...longestMarks).last { counts.count.isMultiple(of: $0) } ?? 1
        guard shown > 2 else {
            return Marks(names: [counts.first, counts.last].compactMap { $0?.shortName(page) }, look: "")
        }
        let step = counts.count / shown
        return Marks(
            names: stride(from: 0, to: counts.count, by: step).map { counts[$0].shortName(page) },
            look: step == 1 ? " each" : " even")
    }

    /// The end of the scale: not below the highest bar, and easy to read at half its height.
    static func top(of highest: Int64) -> Int64 {
        var unit: Int64 = 2
        while unit * 5 < highest { unit *= 10 }
        return max(unit, (highest + unit - 1) / unit * unit)
    }

    func html(_ page: PageContext) -> HTML {
        let series = LogSeries.shown(for: counts)
        let top = Self.top(of: counts.map(\.total).max() ?? 0)
        let bars = counts.enumerated().map { index, count in bar(count, series, at: index, of: top, page) }
        let width = counts.count * 10
        let keys = series.map { "<li class=\"\($0.mark)\">\(page.localized($0.label))</li>" as HTML }
        return """
            <div class="chart"><ul class="keys" aria-hidden="true">\(keys)</ul>
            <div class="plot"><p aria-hidden="true"><span>\(top.grouped)</span><span>\((top / 2).grouped)</span><span>0</span></p>
            <svg viewBox="0 0 \(width) \(Self.height)" preserveAspectRatio="none" role="img" \
            aria-label="\(title). \(page.localized(.asTable))"><path class="half" d="M0 \(Self.height / 2)h\(width)"/>\(bars)</svg></div>
            <p class="axis\(marks.look)" aria-hidden="true">\(marks.names.map { "<span>\($0)</span>" as HTML })</p></div>

            """
    }

    private func bar(
        _ count: LogCount, _ series: [LogSeries], at index: Int, of highest: Int64, _ page: PageContext
    ) -> HTML {
        guard count.total > 0 else { return "" }
        var pieces: [HTML] = []
        var below: Int64 = 0
        for one in series where one.value(count) > 0 {
            let bottom = Self.height - below * Self.height / highest
            below += one.value(count)
            let top = Self.height - below * Self.height / highest
            pieces.append(
                "<path class=\"\(one.mark)\" d=\"M\(index * 10 + 1) \(top)h8v\(bottom - top)h-8z\"/>")
        }
        let numbers = series.map { "\(page.localized($0.label)) \($0.value(count).grouped)" }.joined(separator: ", ")
        return "<g><title>\(count.name(page)): \(numbers)</title>\(pieces)</g>"
    }
}

/// Counts as a table, with a bar below each name when they are compared.
struct LogTable {
    let heading: Text
    let counts: [LogCount]
    var hasBars = false
    /// So many of them, the rest where an address leads.
    var shown = Int.max
    var rest = ""
    /// Where a name leads; nil for nowhere.
    var path: (LogCount) -> String? = { _ in nil }

    func html(_ page: PageContext) -> HTML {
        let series = LogSeries.shown(for: counts)
        let highest = counts.map(\.total).max() ?? 0
        let heads = series.map { "<th scope=\"col\">\(page.localized($0.label))</th>" as HTML }
        // Hours and days without a single attempt say nothing that the chart does not.
        let told = counts.filter { $0.total > 0 || !["hour", "day"].contains($0.kind) }
        guard !told.isEmpty else { return "<p class=\"quiet\">\(page.localized(.noAttempts))</p>\n" }
        let rows = told.prefix(shown).map { count -> HTML in
            let name: HTML = path(count).map { "<a href=\"\($0)\">\(count.name(page))</a>" } ?? HTML(count.name(page))
            let numbers = series.map { "<td>\($0.value(count).grouped)</td>" as HTML }
            return """
                <tr><th scope="row">\(name)\(bar(count, series, of: highest))</th>\(numbers)\
                <td class="sum">\(count.total.grouped)</td></tr>

                """
        }
        return """
            <div class="scroll"><table class="numbers"><thead><tr><th scope="col">\(page.localized(heading))</th>\(heads)\
            <th scope="col" class="sum">\(page.localized(.total))</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            \(more(told.count, page))
            """
    }

    private func more(_ count: Int, _ page: PageContext) -> HTML? {
        guard count > shown else { return nil }
        return "<p class=\"file\"><a href=\"\(rest)\">\(page.localized(.more(count - shown)))</a></p>"
    }

    private func bar(_ count: LogCount, _ series: [LogSeries], of highest: Int64) -> HTML? {
        guard hasBars, highest > 0 else { return nil }
        var left: Int64 = 0
        let pieces = series.map { one -> HTML in
            let width = one.value(count) * 200 / highest
            defer { left += width }
            return "<path class=\"\(one.mark)\" d=\"M\(left) 0h\(width)v8h-\(width)z\"/>"
        }
        return """
            <svg class="line" viewBox="0 0 200 8" preserveAspectRatio="none" aria-hidden="true">\(pieces)</svg>
            """
    }
}

extension LogCount {
    fileprivate func shortName(_ page: PageContext) -> String { Day(key).shortName(page) }
}

extension Text {
    static let total = Text("Total", es: "Total")
    static let asTable = Text("The numbers are in the table below.", es: "Los números están en la tabla de abajo.")
    static let noAttempts = Text("No attempts.", es: "Sin intentos.")
    static let numbers = Text("Numbers", es: "Números")
}
