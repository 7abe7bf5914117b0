import Pages
import PostgreSQL
import Vocabulary
import Web

/// `/p/{token}/calendar.ics`: when to come, for the visitor's own calendar (RFC 5545).
///
/// - SQL: `api.pass_calendar` (sql/functions/pass/pass_calendar.sql).
struct DownloadCalendar: PageHandler {
    private let place: PassPlace

    init(_ request: Request) throws(HTTPError) { place = PassPlace(request) }

    func respond(_ page: PageContext) throws -> Response {
        try page.atPass(place) { _, page in
            guard let row = try page.context.database.run(Self.statement(place.tags(page.context))).first else {
                return page.seeOther(place.pass)
            }
            let file = PassCalendar(
                event: try PassEvent(row, page), link: "\(page.context.request.origin)\(place.pass)")
            return Response(
                200,
                headers: [
                    Header("Content-Type", "text/calendar; charset=utf-8"),
                    Header("Content-Disposition", "attachment; filename=\"pase.ics\""),
                ], body: Array(file.text.utf8))
        }
    }

    private static func statement(_ tags: Parameter) -> Statement {
        Statement(
            "select code_id, site_name, address, changed_at, begins, ends, last_end, weekdays, time_zone, first_offset,"
                + " change_times, change_offsets from api.pass_calendar($1)", name: "pass_calendar",
            parameters: [tags])
    }
}

/// When a pass is for, as the database writes it.
struct PassEvent {
    let id: Int64
    let summary: String
    let address: String
    let changed: String
    /// In UTC; of an event that repeats in the time of the site.
    let begins: String
    let ends: String
    /// The last moment of the last day, in UTC.
    let lastEnd: String
    /// Nil for an event that comes once.
    let days: Weekdays?
    let zone: String
    /// Seconds east of UTC, at first and from each change on.
    let firstOffset: Int64
    let changes: [(time: String, offset: Int64)]

    init(_ row: Row, _ page: PageContext) throws {
        id = try row.integer(0)
        summary = page.localized(Text("Visit", es: "Visita")) + " · " + (try row.text(1))
        address = try row.text(2)
        changed = try row.text(3)
        begins = try row.text(4)
        ends = try row.text(5)
        lastEnd = try row.text(6)
        days = try row.optionalInteger(7).map(Weekdays.init)
        zone = try row.text(8)
        firstOffset = try row.integer(9)
        changes = zip(try row.textArray(10), try row.integerArray(11)).map { ($0, $1) }
    }
}
