import Pages
import PostgreSQL
import Web

/// The figures of a day, each of which leads to the rows it counts.
///
/// - SQL: `api.show_home` (sql/functions/administration/show_home.sql).
struct DashboardCounters {
    private let today: String
    private let yesterday: String
    /// 24 hours ago, by the clock of the site.
    let since: String
    private let soon: String
    private let later: String
    private let awaited: Int64
    private let pending: Int64
    private let inside: Int64
    private let overdue: Int64
    private let refused: Int64
    private let passes: Int64
    private let cards: Int64
    private let alarms: Int64

    static let columns =
        "today::text, (today - 1)::text, to_char(since, 'YYYY-MM-DD\"T\"HH24:MI'), to_char(soon, 'YYYY-MM-DD\"T\"HH24:MI'),"
        + " later::text, awaited, pending, inside, overdue, refused, passes, cards, alarms"

    init(_ row: Row) throws {
        today = try row.text(0)
        yesterday = try row.text(1)
        since = try row.text(2)
        soon = try row.text(3)
        later = try row.text(4)
        awaited = try row.integer(5)
        pending = try row.integer(6)
        inside = try row.integer(7)
        overdue = try row.integer(8)
        refused = try row.integer(9)
        passes = try row.integer(10)
        cards = try row.integer(11)
        alarms = try row.integer(12)
    }

    func html(_ page: PageContext) -> HTML {
        let onToday = [QueryItem("expected_from", today), QueryItem("expected_to", today)]
        let isInside = QueryItem("status", "CHECKED_IN")
        let lines = [
            figure(
                awaited, Text("expected today", es: "por llegar hoy"),
                AdminPath.visitors, onToday + [QueryItem("is_awaited", "true")], page,
                pending == 0
                    ? nil
                    : link(
                        Text("\(pending.grouped) awaiting approval", es: "\(pending.grouped) por autorizar"),
                        AdminPath.visitors, onToday + [QueryItem("status", "PENDING")], page)),
            figure(
                inside, Text("inside now", es: "dentro ahora"), AdminPath.visitors, [isInside], page,
                overdue == 0
                    ? nil
                    : link(
                        Text("\(overdue.grouped) since an earlier day", es: "\(overdue.grouped) desde un día anterior"),
                        AdminPath.visitors, [isInside, QueryItem("expected_to", yesterday)], page)),
            figure(
                refused, Text("refused in 24 hours", es: "rechazos en 24 horas"), AdminPath.log,
                [.denied, QueryItem("date_from", since)], page),
            figure(
                passes, Text("passes expiring in 24 hours", es: "pases vencen en 24 horas"), AdminPath.passes,
                [QueryItem("expires_by", soon)], page),
            figure(
                cards, Text("cards expiring in 7 days", es: "tarjetas vencen en 7 días"), AdminPath.cards,
                [QueryItem("expires_by", later)], page),
        ]
        return "<ul class=\"figures\">\n\(lines)</ul>"
    }

    /// What an alarm has to say, above the gates.
    func alarmLine(_ page: PageContext) -> HTML? {
        guard alarms > 0 else { return nil }
        let query = QueryItem.encode([QueryItem("action", "ALARM"), QueryItem("date_from", since)])
        let count =
            alarms == 1
            ? Text("1 alarm in 24 hours", es: "1 alarma en 24 horas")
            : Text("\(alarms.grouped) alarms in 24 hours", es: "\(alarms.grouped) alarmas en 24 horas")
        let about = Text("Many wrong codes were tried", es: "Se probaron muchos códigos erróneos")
        return """
            <li><div><strong>\(Icon.warning)\(page.localized(count))</strong><br><span class="quiet">\(page.localized(about))</span></div>\
            <a href="\(AdminPath.audit)?\(query)">\(page.localized(Text("View alarms", es: "Ver las alarmas")))</a></li>

            """
    }

    private func figure(
        _ number: Int64, _ label: Text, _ path: String, _ query: [QueryItem], _ page: PageContext, _ note: HTML? = nil
    ) -> HTML {
        """
        <li><a href="\(path)?\(QueryItem.encode(query))"><strong>\(number.grouped)</strong> \(page.localized(label))</a>\(note)</li>

        """
    }

    private func link(_ label: Text, _ path: String, _ query: [QueryItem], _ page: PageContext) -> HTML {
        "<p><a href=\"\(path)?\(QueryItem.encode(query))\">\(page.localized(label))</a></p>"
    }
}
