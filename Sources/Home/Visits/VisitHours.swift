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

    /// `Monday to Friday, 08:00–14:00`.
    func name(_ page: PageContext) -> String {
        let isAllDay = from == "00:00" && until == from
        let hours = isAllDay ? page.localized(Text("all day", es: "todo el día")) : "\(from)–\(until)"
        return "\(page.localized(daysInWords)), \(hours)"
    }

    private var daysInWords: Text {
        let chosen = Self.days.indices.filter { weekdays & (1 << $0) != 0 }
        let named = chosen.map { Self.days[$0] }
        guard let first = chosen.first, let last = chosen.last, chosen.count > 2, last - first < chosen.count else {
            return Text(
                named.map(\.english).joined(separator: ", "), es: named.map(\.spanish).joined(separator: ", "))
        }
        guard chosen.count < Self.days.count else { return Text("Every day", es: "Todos los días") }
        return Text(
            "\(Self.days[first].english) to \(Self.days[last].english)",
            es: "\(Self.days[first].spanish) a \(Self.days[last].spanish.lowercased())")
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
