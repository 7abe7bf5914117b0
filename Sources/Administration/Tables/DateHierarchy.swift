import Pages
import PostgreSQL
import Resource
import Web

/// From years to months to days of a list that is ordered by time, and to today, yesterday and the last seven days.
struct DateHierarchy {
    private let list: TableList
    private let dates: AdminOptions.DateFilters

    /// - Returns: nil for a list without.
    init?(_ list: TableList) {
        guard let dates = list.table.admin.dates else { return nil }
        self.list = list
        self.dates = dates
    }

    /// The first row's day and today, in the time zone of the site.
    var statement: Statement {
        let table = list.table
        let column = table.resource.field(dates.field)?.expression ?? "now()"
        let first = table.resource.rowsStatement(column, order: " order by \(column)", limit: 1)
        return Statement(
            "select coalesce((\(first.sql)), now())::date::text,"
                + " current_date::text, (current_date - 1)::text, (current_date - 6)::text",
            name: "days \(table.admin.slug)")
    }

    func html(_ answer: Rows, _ page: PageContext) throws -> HTML {
        let row = try answer.single()
        let (first, today) = (try row.text(0), try row.text(1))
        let quick = [
            link(page.localized(.today), today, today),
            link(page.localized(Text("Yesterday", es: "Ayer")), try row.text(2), try row.text(2)),
            link(page.localized(Text("7 days", es: "7 días")), try row.text(3), today),
        ]
        return """
            <nav class="drill" aria-label="\(page.localized(Text("By date", es: "Por fecha")))"><ul>\(quick)</ul>\
            <ul>\(steps(first, today, page))</ul></nav>

            """
    }

    /// The years; of a chosen year its months; of a chosen month its days.
    private func steps(_ first: String, _ today: String, _ page: PageContext) -> [HTML] {
        let from = String((list.filter(dates.from) ?? "").prefix(10))
        let until = String((list.filter(dates.until) ?? "").prefix(10))
        let (firstYear, lastYear) = (Self.year(first) ?? 0, Self.year(today) ?? 0)
        guard from.count == 10, from.prefix(4) == until.prefix(4), let year = Self.year(from) else {
            return (max(firstYear, lastYear - 20)...max(lastYear, firstYear)).reversed().map { year in
                link(String(year), "\(year)-01-01", "\(year)-12-31")
            }
        }
        let back = list.address((dates.from, nil), (dates.until, nil))
        let all: HTML = "<li><a href=\"\(back)\">‹ \(page.localized(Text("All years", es: "Todos los años")))</a></li>"
        guard from.prefix(7) == until.prefix(7),
            let month = WholeNumber.read(from.dropFirst(5).prefix(2), in: 1...12).map(Int.init)
        else {
            return [all]
                + (1...12).map { month in
                    let (start, end) = Self.bounds(year, month)
                    return link(page.localized(Day.months[month - 1]), start, end)
                }
        }
        let days = Calendar.days(in: month, of: year)
        return [all, link("‹ \(year)", "\(year)-01-01", "\(year)-12-31")]
            + (1...days).map { day in
                let text = "\(from.prefix(7))-\(day < 10 ? "0" : "")\(day)"
                return link(String(day), text, text)
            }
    }

    /// - Parameter last: a day that is still part of it.
    private func link(_ label: String, _ first: String, _ last: String) -> HTML {
        let isHere = list.filter(dates.from) == first && list.filter(dates.until) == last
        let address = list.address((dates.from, first), (dates.until, last))
        return "<li><a href=\"\(address)\"\(" aria-current=\"true\"", if: isHere)>\(label)</a></li>"
    }

    private static func year(_ day: String) -> Int? { WholeNumber.read(day.prefix(4), in: 1...9999).map(Int.init) }

    private static func bounds(_ year: Int, _ month: Int) -> (String, String) {
        let prefix = "\(year)-\(month < 10 ? "0" : "")\(month)-"
        return (prefix + "01", prefix + "\(Calendar.days(in: month, of: year))")
    }
}
