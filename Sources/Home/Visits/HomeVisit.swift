import PostgreSQL
import Visitors
import Web

/// A visit of the home, with the pass that opens for it, else the last one it had.
///
/// - SQL: `api.list_home_visits` (sql/functions/home/list_home_visits.sql).
struct HomeVisit {
    /// Where in its life a visit is.
    enum Place: String {
        case waiting = "WAITING"
        case inside = "INSIDE"
        case today = "TODAY"
        case coming = "COMING"
        case recurring = "RECURRING"
        case past = "PAST"
    }

    let id: Int64
    let name: String
    /// As `garita.visitors.status`.
    let status: String
    /// As `garita.visitors.visitor_type`.
    let type: String
    /// As SQL writes a day.
    let day: String
    /// `18:30`; nil for any time.
    let time: String?
    let purpose: String
    let company: String
    let phone: String
    let plate: String
    let companions: Int64
    let party: String
    let notes: String
    /// As PostgreSQL writes moments.
    let enteredAt: String?
    let leftAt: String?
    let hasPhoto: Bool
    let pass: Pass?
    let place: Place
    let isToday: Bool
    /// Nil for a visit that is on, and for a refusal.
    let canceledBy: Canceler?

    /// Who called a visit off.
    enum Canceler: String {
        case visitor = "VISITOR"
        case host = "HOST"
    }

    /// What is known of a pass without its code.
    struct Pass {
        let id: Int64
        let type: CodeType?
        /// As PostgreSQL writes moments.
        let from: String
        let until: String
        let entries: Int64
        let used: Int64
        /// Whether it still opens, or will.
        let isLive: Bool
        /// Nil for any hour.
        let hours: VisitHours?
        let hasCard: Bool
        /// As SQL writes a day; nights of it end on the next one.
        let lastDay: String

        /// `22:00`; nil for the end of the day, and where ``hours`` say it.
        var endsAt: String? {
            let time = String(until.dropFirst(11).prefix(5))
            return hours == nil && time != "23:59" ? time : nil
        }

        fileprivate init?(_ row: Row) throws {
            guard let id = try row.optionalInteger(16) else { return nil }
            self.id = id
            type = CodeType(rawValue: try row.text(17))
            from = try row.text(18)
            until = try row.text(19)
            entries = try row.integer(20)
            used = try row.integer(21)
            isLive = try row.bool(22)
            hours = try row.optionalInteger(23).map { weekdays in
                VisitHours(
                    weekdays: weekdays, from: String(try row.text(24).prefix(5)),
                    until: String(try row.text(25).prefix(5)), onHolidays: try row.bool(26))
            }
            hasCard = try row.bool(27)
            lastDay = try row.text(28)
        }
    }

    private init(_ row: Row) throws {
        id = try row.integer(0)
        name = try row.text(1)
        status = try row.text(2)
        type = try row.text(3)
        day = try row.text(4)
        time = try row.optionalText(5).map { String($0.prefix(5)) }
        purpose = try row.text(6)
        company = try row.text(7)
        phone = try row.text(8)
        plate = try row.text(9)
        companions = try row.integer(10)
        party = try row.text(11)
        notes = try row.text(12)
        enteredAt = try row.optionalText(13)
        leftAt = try row.optionalText(14)
        hasPhoto = try row.bool(15)
        pass = try Pass(row)
        place = Place(rawValue: try row.text(29)) ?? .past
        isToday = try row.bool(30)
        canceledBy = try row.optionalText(31).flatMap(Canceler.init)
    }

    /// - Parameter name: words of the name or of the party; nil for all but those long past.
    static func list(_ context: Context, named name: String? = nil) throws -> [HomeVisit] {
        try context.run([statement(nil, name)])[0].map(HomeVisit.init)
    }

    /// Everybody on the guest list of a day.
    static func party(_ name: String, on day: String, _ context: Context) throws -> [HomeVisit] {
        try list(context, named: name).filter { $0.party == name && $0.day == day }
    }

    /// - Throws: 404 for a visit of another home.
    static func find(_ id: Int64, _ context: Context) throws -> HomeVisit {
        guard let row = try context.run([statement(id, nil)])[0].first else { throw HTTPError.notFound() }
        return try HomeVisit(row)
    }

    private static func statement(_ id: Int64?, _ name: String?) -> Statement {
        Statement(
            "select id, name, status, visitor_type, expected_date, expected_time, purpose, company, phone,"
                + " vehicle_plate, companions, party, notes, check_in_time, check_out_time, has_photo, pass_id,"
                + " code_type, valid_from, valid_until, max_uses, times_used, is_live, weekdays, starts_at, ends_at,"
                + " on_holidays, has_card, last_day::text, place, is_today, canceled_by from api.list_home_visits($1, $2)",
            name: "list_home_visits", parameters: [.optionalInteger(id), .optionalText(name)])
    }
}
