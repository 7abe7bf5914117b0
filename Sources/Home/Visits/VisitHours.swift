import AccessControl
import Pages
import PostgreSQL
import Resource
import Web

/// The weekdays and hours of a visit that comes again and again.
///
/// - SQL: `api.set_visit_hours` (sql/functions/visitors/set_visit_hours.sql).
struct VisitHours {
    /// Added up: Monday 1 … Sunday 64.
    let weekdays: Int64
    /// `08:00`.
    let from: String
    /// `14:00`; not after `from` for hours that pass midnight.
    let until: String
    let onHolidays: Bool

    /// What a person calls the days, Monday first.
    static let days: [Text] = schedules.field("weekdays")?.flags ?? []

    /// The sum of the numbers of boxes that are ticked.
    static func sum(of ticked: [String]) -> Int64 {
        ticked.compactMap { WholeNumber.read($0, in: 1...64) }.reduce(0) { $0 | $1 }
    }

    /// The numbers of the boxes, Monday first.
    static let options = days.enumerated().map { FormOption(String(1 << $0.offset), $0.element) }

    /// Those of the boxes that are ticked.
    var ticked: [String] { Self.options.map(\.value).filter { Self.sum(of: [$0]) & weekdays != 0 } }

    /// `Monday, Friday, 08:00–14:00`.
    func name(_ page: PageContext) -> String {
        let named = Self.days.enumerated().filter { weekdays & (1 << $0.offset) != 0 }.map {
            page.localized($0.element)
        }
        let days =
            named.count == 7 ? page.localized(Text("Every day", es: "Todos los días")) : named.joined(separator: ", ")
        let isAllDay = from == "00:00" && until == from
        return "\(days), \(isAllDay ? page.localized(Text("all day", es: "todo el día")) : "\(from)–\(until)")"
    }

    /// Writes them down for a visit.
    ///
    /// - Parameter last: the last day, as SQL writes one.
    /// - Returns: the number of its schedule.
    func set(for visit: Int64, through last: String, _ context: Context) throws -> Int64 {
        try context.run([
            Statement(
                "select api.set_visit_hours($1, $2::integer, $3::time, $4::time, $5::date, $6)",
                name: "set_visit_hours",
                parameters: [
                    .integer(visit), .integer(weekdays), .text(from), .text(until), .text(last), .bool(onHolidays),
                ])
        ])[0].single().integer(0)
    }
}
