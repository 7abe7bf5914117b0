import Pages
import PostgreSQL
import Web

/// `GET /admin/`: today at a glance.
///
/// - SQL: `api.show_home`, `api.list_gate_troubles`, `api.report_logs`, `api.system_facts`
///   (sql/functions/access_logs/, sql/functions/access_control/).
struct Dashboard: PageHandler {
    /// Of gates those with the most attempts.
    private static let shownGates = 10

    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        let found = try page.context.run(
            [
                Statement("select \(DashboardCounters.columns) from api.show_home()", name: "show_home"),
                Statement(
                    "select \(GateAlert.columns) from api.list_gate_troubles(now() - interval '24 hours')",
                    name: "list_gate_troubles"),
                Statement(Self.report("current_date"), name: "report of today"),
                Statement(Self.report("current_date - 29"), name: "report of 30 days"),
                Statement("select \(SetupList.columns) from api.show_setup()", name: "show_setup"),
                StoppedWebhooks.statement,
            ] + SystemReport.statements)
        let figures = try DashboardCounters(try found[0].single())
        let troubles = try found[1].map(GateAlert.init)
        let today = try found[2].map(LogCount.init)
        let month = try found[3].map(LogCount.init).filter { $0.kind == "day" }
        let setup = try SetupList(try found[4].single())
        let system = try SystemReport(found.dropFirst(6))
        return page.admin(
            .today,
            """
            \(system?.notice(page))\(try StoppedWebhooks(found[5]).html(page))\(setup.html(page))\(figures.html(page))
            \(Self.gates(troubles, figures, hasGates: setup.hasGates, page))
            <div class="charts">
            \(Self.byHour(today.filter { $0.kind == "hour" }, page))
            \(Self.byGate(today.filter { $0.kind == "gate" }, page))
            \(Self.byDay(month, page))
            </div>
            """)
    }

    private static func report(_ begin: String) -> String {
        "select \(LogCount.columns) from api.report_logs(\(begin), current_date)"
    }

    private static func gates(
        _ troubles: [GateAlert], _ figures: DashboardCounters, hasGates: Bool, _ page: PageContext
    ) -> HTML {
        let lines = figures.alarmLine(page).map { [$0] } ?? []
        let all = lines + GateAlert.lines(troubles, page, since: figures.since)
        let heading = page.localized(Text("Gates needing attention", es: "Accesos que requieren atención"))
        let good: HTML = "<p>\(Icon.done)\(page.localized(.gatesWork))</p>"
        let none: HTML =
            "<p>\(page.localized(.noGates)) <a href=\"\(AdminPath.gates)new/\">\(page.localized(.addGate))</a></p>"
        let list: HTML = all.isEmpty ? hasGates ? good : none : "<ul class=\"rows\">\n\(all)</ul>"
        return "<section><h2>\(heading)</h2>\n\(list)</section>"
    }

    private static func byHour(_ counts: [LogCount], _ page: PageContext) -> HTML {
        figure(
            LogChart(
                title: page.localized(Text("Today, hour by hour", es: "Hoy, hora por hora")), counts: counts),
            Text("Hour", es: "Hora"), page)
    }

    private static func byDay(_ counts: [LogCount], _ page: PageContext) -> HTML {
        figure(
            LogChart(
                title: page.localized(Text("The last 30 days", es: "Los últimos 30 días")), counts: counts,
                marks: LogChart.marks(of: counts, page)),
            Text("Day", es: "Día"), page)
    }

    /// A chart, with its numbers for whoever asks.
    private static func figure(_ chart: LogChart, _ heading: Text, _ page: PageContext) -> HTML {
        """
        <section><h2>\(chart.title)</h2>
        \(chart.html(page))<details><summary>\(page.localized(.numbers))<span class="unseen">: \(chart.title)</span></summary>
        \(LogTable(heading: heading, counts: chart.counts).html(page))</details></section>
        """
    }

    private static func byGate(_ counts: [LogCount], _ page: PageContext) -> HTML {
        let table = LogTable(
            heading: Text("Gate", es: "Acceso"), counts: counts, hasBars: true, shown: shownGates,
            rest: "\(AdminPath.reports)?\(QueryItem.encode([QueryItem("period", Period.Name.today.rawValue)]))"
        ) { $0.gatePath }
        return """
            <section><h2>\(page.localized(Text("Today, gate by gate", es: "Hoy, acceso por acceso")))</h2>
            \(table.html(page))</section>
            """
    }
}

extension LogCount {
    /// Where the gate is; nil for one that is gone.
    var gatePath: String? { kind == "gate" && gate != nil ? "\(AdminPath.gates)\(key)/" : nil }
}

extension Text {
    fileprivate static let gatesWork = Text("All gates are working.", es: "Todos los accesos funcionan.")
    fileprivate static let noGates = Text("There are no gates yet.", es: "Todavía no hay accesos.")
    fileprivate static let addGate = Text("Add a gate", es: "Agregar un acceso")
}
