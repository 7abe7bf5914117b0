import Pages
import PostgreSQL
import Resource
import Visitors
import Vocabulary
import Web

/// A visit as its page shows it.
struct Visit {
    let id: Int64
    let name: String
    let kind: String
    let status: String
    let unit: Int64
    let unitName: String
    let host: String?
    let plate: String
    let companions: Int64
    /// Its date, and since when the visitor is inside, as PostgreSQL writes them.
    let expectedDate: String
    private let expectedTime: String?
    private let checkIn: String?
    private let company: String
    private let purpose: String
    private let phone: String
    private let party: String
    private let hasPhoto: Bool
    private let hosts: [GateVisit.Host]

    static func statement(_ id: Int64) -> Statement {
        Statement(
            "select v.id, concat_ws(' ', v.first_name, nullif(v.last_name, '—')), v.visitor_type, v.status, v.unit_id,"
                + " garita.unit_display(v.unit_id), r.first_name || ' ' || r.last_name, v.vehicle_plate, v.companions,"
                + " v.expected_date::text, v.expected_time::text, v.check_in_time::text, v.company, v.purpose, v.phone,"
                + " v.party, v.photo <> '' from garita.visitors as v left join garita.residents as r on r.id = v.resident_id"
                + " where v.id = $1",
            name: "visit of the gate", parameters: [.integer(id)])
    }

    /// The residents whose word counts.
    static func hosts(_ visit: Int64) -> Statement {
        Statement(
            "select r.id, r.first_name || ' ' || r.last_name, r.phone from garita.visitors as v"
                + " join garita.residents as r on r.unit_id = v.unit_id"
                + " where v.id = $1 and v.status in ('PENDING', 'APPROVED', 'CHECKED_OUT') and garita.can_host(r.id, v.unit_id) order by r.id limit 20",
            name: "hosts of a visit", parameters: [.integer(visit)])
    }

    init(_ row: Row, hosts: some Sequence<Row>) throws {
        id = try row.integer(0)
        name = try row.text(1)
        kind = try row.text(2)
        status = try row.text(3)
        unit = try row.integer(4)
        unitName = try row.text(5)
        host = try row.optionalText(6)
        plate = try row.text(7)
        companions = try row.integer(8)
        expectedDate = try row.text(9)
        expectedTime = try row.optionalText(10)
        checkIn = try row.optionalText(11)
        company = try row.text(12)
        purpose = try row.text(13)
        phone = try row.text(14)
        party = try row.text(15)
        hasPhoto = try row.bool(16)
        self.hosts = try hosts.map {
            GateVisit.Host(id: try $0.integer(0), name: try $0.text(1), phone: try $0.text(2))
        }
    }

    /// Whether only a resident's word lets the visitor in again.
    ///
    /// - SQL: `api.needs_word` (sql/functions/gate/needs_word.sql).
    static func needsWord(_ visit: Int64) -> Statement {
        Statement("select api.needs_word($1)", name: "needs_word", parameters: [.integer(visit)])
    }

    /// What can be done next at a gate for these ways.
    func steps(at directions: [Direction], needsWord: Bool, _ page: PageContext) -> HTML {
        let badge: HTML = "<a href=\"\(GatePath.badge(id))\">\(page.localized(.badge))</a>"
        switch status {
        case "APPROVED", "CHECKED_OUT":
            guard directions.contains(.entry) else { return badge }
            let answers = HostsAnswers(hosts: hosts, visit: id, visitor: name)
            let admit =
                needsWord ? answers.admitting(page) : VisitSteps.button(.admit, GatePath.admit(id), of: name, page)
            return "\(admit) \(badge)"
        case "CHECKED_IN":
            guard directions.contains(.exit) else { return badge }
            return "\(VisitSteps.button(.letOut, GatePath.exit(id), of: name, page)) \(badge)"
        case "PENDING": return HostsAnswers(hosts: hosts, visit: id, visitor: name).html(page)
        default: return ""
        }
    }

    func facts(_ page: PageContext) -> HTML {
        let photo: HTML? =
            hasPhoto
            ? "<p><img class=\"photo\" src=\"\(GatePath.visitPhoto(id))\" alt=\"\(name)\" width=\"96\" height=\"96\"></p>"
            : nil
        let words: [(String, HTML?)] = [
            ("status", status(page)),
            ("unit", "<a href=\"\(GatePath.unit(unit))\">\(unitName)</a>"),
            ("resident", host.map { HTML($0) }), ("visitor_type", HTML(kindName(page))),
            ("company", .unlessEmpty(company)),
            ("companions", companions == 0 ? nil : "\(companions)"), ("party", .unlessEmpty(party)),
            ("purpose", .unlessEmpty(purpose)), ("vehicle_plate", .unlessEmpty(plate)),
            ("phone", phone.isEmpty ? nil : "<a href=\"tel:\(phone.dialled)\">\(phone)</a>"),
            ("expected_date", "\(Day(expectedDate).html(page)) \(expectedTime?.prefix(5) ?? "")"),
            ("check_in_time", checkIn.map { SiteTime($0).html(page) }),
        ]
        let rows = words.compactMap { name, value -> HTML? in
            guard let value, let label = visitors.field(name)?.label else { return nil }
            return "<div><dt>\(page.localized(label))</dt><dd>\(value)</dd></div>\n"
        }
        return "\(photo)<dl class=\"facts\">\n\(rows)</dl>"
    }

    private func status(_ page: PageContext) -> HTML {
        "<span class=\"badge\">\(page.localized(visitors.field("status")?.label(of: status) ?? Text(status, es: status)))</span>"
    }

    func kindName(_ page: PageContext) -> String {
        page.localized(visitors.field("visitor_type")?.label(of: kind) ?? Text(kind, es: kind))
    }
}

extension Visit {
    /// What happened at the gates, the latest first.
    static func history(_ visit: Int64) -> Statement {
        Statement(
            "select l.timestamp::text, l.access_type, l.status, l.reasons, l.access_point_name, l.notes"
                + " from garita.access_logs as l where l.visitor_id = $1 order by l.timestamp desc limit 20",
            name: "history of a visit", parameters: [.integer(visit)])
    }

    static func history(_ rows: Rows, _ page: PageContext) throws -> HTML {
        guard !rows.isEmpty else {
            return "<p class=\"quiet\">\(page.localized(Text("Nothing yet.", es: "Todavía nada.")))</p>"
        }
        let lines = try rows.map { row -> HTML in
            let direction = Direction(rawValue: try row.text(1))?.label ?? Text("", es: "")
            let reasons = try row.textArray(3).map { page.localized(Reason.named($0).text) }.joined(separator: ", ")
            let isIn = try row.text(2) == "SUCCESS"
            let words = [page.localized(direction), try row.text(4), reasons, try row.text(5)].filter { !$0.isEmpty }
            return """
                <li>\(isIn ? Icon.done : Icon.off)\(SiteTime(try row.text(0)).html(page)) · \(words.joined(separator: " · "))</li>

                """
        }
        return "<ul class=\"history\">\n\(lines)</ul>"
    }
}

/// Who of a home can answer for a visit that waits: a button and a number to call for each.
struct HostsAnswers {
    let hosts: [GateVisit.Host]
    let visit: Int64
    let visitor: String

    /// On the page of the visit.
    func html(_ page: PageContext) -> HTML {
        "\(approving(page))\(VisitSteps.button(.refuse, GatePath.deny(visit), of: visitor, page, .quiet))"
    }

    /// In a list nobody is refused by a slip: that leads to the page of the visit, where it is confirmed.
    func inList(_ page: PageContext) -> HTML {
        """
        \(approving(page))<a class="button quiet" href="\(GatePath.visit(visit))">\(page.localized(.refuse))\
        <span class="unseen"> (\(visitor))</span></a>
        """
    }

    /// Where the visit was approved before, and its passes admit no more: in once again.
    func admitting(_ page: PageContext) -> HTML {
        HTML(hosts.map { answer(.admitted(by: $0.name), GatePath.admit(visit), "host", $0, page) })
    }

    private func approving(_ page: PageContext) -> HTML {
        HTML(hosts.map { answer(.approved(by: $0.name), GatePath.approve(visit), "resident", $0, page) })
    }

    private func answer(
        _ label: Text, _ path: String, _ field: String, _ host: GateVisit.Host, _ page: PageContext
    ) -> HTML {
        let call: HTML? = host.phone.isEmpty ? nil : " <a href=\"tel:\(host.phone.dialled)\">\(host.phone)</a>"
        let item = QueryItem(field, String(host.id))
        return "<span>\(VisitSteps.button(label, path, item, of: visitor, page))\(call)</span>"
    }
}

extension HTML {
    /// The text; nil when it is empty.
    static func unlessEmpty(_ text: String) -> HTML? { text.isEmpty ? nil : HTML(text) }
}

extension Text {
    static let badge = Text("Badge", es: "Gafete")
}
