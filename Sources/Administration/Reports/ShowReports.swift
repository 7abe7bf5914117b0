import Pages
import PostgreSQL
import Web

/// `GET /admin/reports/`: what the log says of some days, by day, hour, gate and method.
struct ShowReports: PageHandler {
    private let query: PeriodQuery

    init(_ request: Request) throws(HTTPError) {
        query = PeriodQuery(request)
    }

    func respond(_ page: PageContext) throws -> Response {
        let report = try LogReport(page.context.run(query.period.statements))
        return page.admin(
            .reports, status: query.errors.isEmpty ? 200 : 400,
            """
            \(choices(page))\(form(report, page))
            \(query.errors.isEmpty ? report.html(page) : nil as HTML?)
            """)
    }

    private func choices(_ page: PageContext) -> HTML {
        let items = Period.Name.allCases.map { name -> HTML in
            let here: HTML? = name == query.name ? " aria-current=\"true\"" : nil
            return """
                <li><a href="\(AdminPath.reports)?\(QueryItem.encode([QueryItem("period", name.rawValue)]))"\(here)>\(page.localized(name.label))</a></li>

                """
        }
        let label = page.localized(Text("Periods", es: "Periodos"))
        return "<nav class=\"choices\" aria-label=\"\(label)\"><ul>\(items)</ul></nav>\n"
    }

    private func form(_ report: LogReport, _ page: PageContext) -> HTML {
        let isAsTyped = !query.errors.isEmpty
        let days = [
            FormField("from", Text("From", es: "Desde"), .date, [isAsTyped ? query.from : report.from]),
            FormField("to", Text("To", es: "Hasta"), .date, [isAsTyped ? query.to : report.to]),
        ]
        return PageForm(
            AdminPath.reports, days, submit: Text("Apply", es: "Aplicar"), errors: query.errors, look: .line,
            method: .get
        ).html(page)
    }
}

/// The counts of a period.
struct LogReport {
    /// First and last day.
    let from: String
    let to: String
    private let counts: [LogCount]
    /// Lines of a table; the file has all of them.
    private static let shown = 100

    /// - Parameter results: of the statements of a period.
    init(_ results: [Rows]) throws {
        let days = try results[0].single()
        from = try days.text(0)
        to = try days.text(1)
        counts = try results[1].map(LogCount.init)
    }

    /// The tables, as addresses name them.
    enum Table: String, CaseIterable {
        case day, gate, method, hour

        var title: Text {
            switch self {
            case .day: Text("Day by day", es: "Día por día")
            case .hour: Text("Hour by hour", es: "Hora por hora")
            case .gate: Text("Gate by gate", es: "Acceso por acceso")
            case .method: Text("By method", es: "Por medio")
            }
        }

        var heading: Text {
            switch self {
            case .day: Text("Day", es: "Día")
            case .hour: Text("Hour", es: "Hora")
            case .gate: Text("Gate", es: "Acceso")
            case .method: Text("Method", es: "Medio")
            }
        }
    }

    /// What stands in a table; of a long period months stand for days.
    func counts(of table: Table) -> [LogCount] {
        counts.filter { $0.kind == table.rawValue || table == .day && $0.kind == "month" }
    }

    func html(_ page: PageContext) -> HTML {
        let sections = Table.allCases.map { section($0, page) }
        return """
            <h2>\(Day(from).name(page))\(from == to ? nil : " – \(Day(to).name(page))" as HTML?)</h2>
            \(totals(page))
            <div class="charts">
            \(sections)</div>
            """
    }

    private func totals(_ page: PageContext) -> HTML {
        let hours = counts(of: .hour)
        let lines = LogSeries.shown(for: hours).map { series -> HTML in
            let number = hours.reduce(0) { $0 + series.value($1) }
            let path = log(from: from, to: to, series.filters)
            return
                "<li><a href=\"\(path)\"><strong>\(number.grouped)</strong> \(page.localized(series.label))</a></li>\n"
        }
        return "<ul class=\"figures\">\n\(lines)</ul>"
    }

    private func section(_ table: Table, _ page: PageContext) -> HTML {
        let rows = counts(of: table)
        let items = [QueryItem("table", table.rawValue), QueryItem("from", from), QueryItem("to", to)]
        let isByMonth = rows.first?.kind == "month"
        let title = page.localized(isByMonth ? Text("Month by month", es: "Mes por mes") : table.title)
        let file = "\(AdminPath.reportsFile)?\(QueryItem.encode(items))"
        let numbers = LogTable(
            heading: isByMonth ? Text("Month", es: "Mes") : table.heading, counts: rows,
            hasBars: table == .gate || table == .method, shown: Self.shown, rest: file, path: path)
        return """
            <section><h2>\(title)</h2>
            \(chart(table, title, rows, page))\(numbers.html(page))\
            <p class="file"><a href="\(file)">CSV\
            <span class="unseen">: \(title)</span></a></p></section>

            """
    }

    private func chart(_ table: Table, _ title: String, _ rows: [LogCount], _ page: PageContext) -> HTML? {
        switch table {
        case .day: LogChart(title: title, counts: rows, marks: LogChart.marks(of: rows, page)).html(page)
        case .hour: LogChart(title: title, counts: rows).html(page)
        case .gate, .method: nil
        }
    }

    /// The rows of the log that a line counts; nil where no filter of the log says it.
    private func path(_ count: LogCount) -> String? {
        switch count.kind {
        case "day": log(from: count.key, to: count.key)
        case "gate" where count.key != "0": log(from: from, to: to, [QueryItem("access_point", count.key)])
        default: nil
        }
    }

    private func log(from: String, to: String, _ filters: [QueryItem] = []) -> String {
        let days = [QueryItem("date_from", from), QueryItem("date_to", to)]
        return "\(AdminPath.log)?\(QueryItem.encode(filters + days))"
    }
}
