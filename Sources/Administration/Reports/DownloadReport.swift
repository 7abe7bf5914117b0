import Pages
import PostgreSQL
import Resource
import Web

/// `GET /admin/reports/csv/?table=day&from=&to=`: one table of a report, as a file.
struct DownloadReport: PageHandler {
    private let query: PeriodQuery
    private let table: LogReport.Table

    init(_ request: Request) throws(HTTPError) {
        guard let table = LogReport.Table(rawValue: request.queryValue("table") ?? "") else { throw .notFound() }
        self.table = table
        query = PeriodQuery(request)
        if !query.errors.isEmpty { throw .invalid(query.errors) }
    }

    func respond(_ page: PageContext) throws -> Response {
        let report = try LogReport(page.context.run(query.period.statements))
        let counts = report.counts(of: table)
        let series = LogSeries.shown(for: counts)
        let head = [page.localized(table.heading)] + series.map { page.localized($0.label) } + [page.localized(.total)]
        let lines = counts.map { count in
            CSV.line([CSV.text(name(count, page))] + (series.map { $0.value(count) } + [count.total]).map(String.init))
        }
        let days = "\(report.from)-\(report.to)"
        return .csv(
            named: "\(table.rawValue)-\(days)", title: "\(page.localized(table.heading).lowercased())-\(days)",
            [CSV.line(head)] + lines)
    }

    /// Days and hours as programs read them.
    private func name(_ count: LogCount, _ page: PageContext) -> String {
        ["day", "month"].contains(count.kind) ? count.key : count.name(page)
    }
}
