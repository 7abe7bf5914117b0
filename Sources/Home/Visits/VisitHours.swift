import Pages
import PostgreSQL
import Vocabulary
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

    /// The sum of the numbers of boxes that are ticked.
    static func sum(of ticked: [String]) -> Int64 {
        ticked.compactMap { WholeNumber.read($0, in: 1...64) }.reduce(0) { $0 | $1 }
    }

    /// The numbers of the boxes, Monday first.
    static let options = Weekdays.names.enumerated().map { FormOption(String(1 << $0.offset), $0.element) }

    /// Those of the boxes that are ticked.
    var ticked: [String] { Self.options.map(\.value).filter { Self.sum(of: [$0]) & weekdays != 0 } }

    /// `Monday to Friday, 08:00–14:00`.
    func name(_ page: PageContext) -> String {
        let isAllDay = from == "00:00" && until == from
        let hours = isAllDay ? page.localized(Text("all day", es: "todo el día")) : "\(from)–\(until)"
        return "\(page.localized(Weekdays(weekdays).name)), \(hours)"
    }

    /// Whether they end on the next day.
    var passMidnight: Bool { until != "00:00" && until < from }

    /// Writes them down for a visit.
    ///
    /// - Parameters: the first and the last day, as SQL writes one.
    /// - Returns: the number of its schedule.
    /// - Throws: 400 where none of the days comes between them.
    func set(for visit: Int64, from first: String, through last: String, _ context: Context) throws -> Int64 {
        try context.run([
            Statement(
                "select api.set_visit_hours($1, $2::integer, $3::time, $4::time, $5::date, $6, $7::date)",
                name: "set_visit_hours",
                parameters: [
                    .integer(visit), .integer(weekdays), .text(from), .text(until), .text(last), .bool(onHolidays),
                    .text(first),
                ])
        ])[0].single().integer(0)
    }
}
