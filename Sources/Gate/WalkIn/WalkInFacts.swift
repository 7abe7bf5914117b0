import Pages
import PostgreSQL
import Web

/// What the form of a visitor without notice has to know: the home, who lives there, who came before.
struct WalkInFacts {
    /// The day it is where the site lies.
    let today: String
    let asksDocument: Bool
    /// How long visits of the kind usually stay.
    let minutes: Int64
    /// The name of the home; empty for none.
    let unitName: String
    /// Whose word counts.
    let hosts: [GateVisit.Host]
    /// Who came to this home in the last 90 days, each once, those of the kind first.
    let known: [Known]
    /// The visit to fill the form from; nil for none.
    let filled: Known?

    /// Somebody who has been here.
    struct Known {
        let id: Int64
        let name: String
        /// By the names of the fields.
        let values: [String: String]
        let day: String

        init(_ row: Row) throws {
            id = try row.integer(0)
            name = try row.text(1)
            values = [
                "name": name, "vehicle_plate": try row.text(2), "company": try row.text(3), "phone": try row.text(4),
            ]
            day = try row.text(5)
        }
    }

    /// - Parameters:
    ///   - words: of a name or a plate; empty for any.
    ///   - visit: the one to fill the form from.
    init(_ kind: String, unit: Int64?, words: String, from visit: Int64?, _ page: PageContext) throws {
        let found = try page.context.run([
            Self.site(kind), Self.unit(unit), Self.hosts(unit), Self.known(unit, words, kind), Self.visit(visit),
        ])
        let site = try found[0].single()
        today = try site.text(0)
        asksDocument = try site.bool(1)
        minutes = try site.integer(2)
        unitName = try found[1].first?.text(0) ?? ""
        hosts = try found[2].map {
            GateVisit.Host(id: try $0.integer(0), name: try $0.text(1), phone: try $0.text(2))
        }
        known = try found[3].map(Known.init)
        filled = try found[4].first.map(Known.init)
    }

    /// `90 minutes`, `24 hours`.
    var stay: Text {
        guard minutes >= 60, minutes % 60 == 0 else { return Text("\(minutes) minutes", es: "\(minutes) minutos") }
        let hours = minutes / 60
        return Text("\(hours) hour\(hours == 1 ? "" : "s")", es: "\(hours) hora\(hours == 1 ? "" : "s")")
    }

    private static func site(_ kind: String) -> Statement {
        Statement(
            "select current_date::text, s.requires_document, case $1 when 'GUEST' then s.stay_minutes_guest"
                + " when 'DELIVERY' then s.stay_minutes_delivery when 'SERVICE' then s.stay_minutes_service"
                + " when 'CONTRACTOR' then s.stay_minutes_contractor else s.stay_minutes_other end"
                + " from garita.sites as s where s.id = garita.current_site_id()",
            name: "site of a walk-in", parameters: [.text(kind)])
    }

    private static func unit(_ id: Int64?) -> Statement {
        Statement(
            "select garita.unit_display(u.id) from garita.units as u where u.id = $1", name: "name of a home",
            parameters: [.optionalInteger(id)])
    }

    private static func hosts(_ unit: Int64?) -> Statement {
        Statement(
            "select r.id, r.first_name || ' ' || r.last_name, r.phone from garita.residents as r"
                + " where r.unit_id = $1 and garita.can_host(r.id, r.unit_id) order by r.id limit 20",
            name: "hosts of a home", parameters: [.optionalInteger(unit)])
    }

    private static let columns =
        "v.id, concat_ws(' ', v.first_name, nullif(v.last_name, '—')) as name, v.vehicle_plate, v.company, v.phone,"
        + " v.expected_date::text as day"
    private static let recent = "v.expected_date >= current_date - 90 and v.first_name <> '—'"

    private static func known(_ unit: Int64?, _ words: String, _ kind: String) -> Statement {
        Statement(
            "select * from (select distinct on (garita.fold(v.first_name || v.last_name)) \(columns),"
                + " v.visitor_type = $3 as is_of_kind"
                + " from garita.visitors as v where v.unit_id = $1 and \(recent) and v.check_in_time is not null"
                + " and strpos(v.search_text, garita.fold($2)) > 0 order by garita.fold(v.first_name || v.last_name),"
                + " v.visitor_type = $3 desc, v.expected_date desc, v.id desc) as k"
                + " order by k.is_of_kind desc, k.day desc, k.id desc limit 8",
            name: "known visitors of a home", parameters: [.optionalInteger(unit), .text(words), .text(kind)])
    }

    private static func visit(_ id: Int64?) -> Statement {
        Statement(
            "select \(columns) from garita.visitors as v where v.id = $1 and \(recent)",
            name: "known visitor", parameters: [.optionalInteger(id)])
    }
}
