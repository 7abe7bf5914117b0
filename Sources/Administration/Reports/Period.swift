import JSON
import Pages
import PostgreSQL
import Web

/// Some days in a row, by the calendar of the site.
enum Period {
    /// Days that move with today, which only the database knows by the clock of the site.
    case named(Name)
    case days(from: String, to: String)

    enum Name: String, CaseIterable {
        case today
        case yesterday
        case week = "7-days"
        case month = "30-days"
        case thisMonth = "this-month"
        case lastMonth = "last-month"
        case year = "12-months"

        var label: Text {
            switch self {
            case .today: .today
            case .yesterday: Text("Yesterday", es: "Ayer")
            case .week: Text("7 days", es: "7 días")
            case .month: Text("30 days", es: "30 días")
            case .thisMonth: Text("This month", es: "Este mes")
            case .lastMonth: Text("Last month", es: "Mes pasado")
            case .year: Text("12 months", es: "12 meses")
            }
        }

        /// First and last day, in SQL.
        fileprivate var days: (from: String, to: String) {
            switch self {
            case .today: ("current_date", "current_date")
            case .yesterday: ("current_date - 1", "current_date - 1")
            case .week: ("current_date - 6", "current_date")
            case .month: ("current_date - 29", "current_date")
            case .thisMonth: ("date_trunc('month', current_date)::date", "current_date")
            case .lastMonth:
                (
                    "(date_trunc('month', current_date) - interval '1 month')::date",
                    "date_trunc('month', current_date)::date - 1"
                )
            case .year: ("(date_trunc('month', current_date) - interval '11 months')::date", "current_date")
            }
        }
    }

    /// Days, and then what the log says of them.
    ///
    /// - SQL: `api.report_logs` (sql/functions/administration/report_logs.sql).
    var statements: [Statement] {
        let (name, days, parameters): (String, (from: String, to: String), [Parameter]) =
            switch self {
            case .named(let name): (name.rawValue, name.days, [])
            case .days(let from, let to): ("days", ("$1::date", "$2::date"), [.text(from), .text(to)])
            }
        return [
            Statement(
                "select (\(days.from))::text, (\(days.to))::text", name: "period \(name)", parameters: parameters),
            Statement(
                "select \(LogCount.columns) from api.report_logs(\(days.from), \(days.to))", name: "report \(name)",
                parameters: parameters),
        ]
    }
}

/// The period that an address asks for, or what is wrong with it.
struct PeriodQuery {
    /// The longest, in years of the calendar.
    private static let maximumYears = 5
    /// As typed.
    let from: String
    let to: String
    let period: Period
    let errors: [FieldError]

    init(_ request: Request) {
        from = request.queryValue("from") ?? ""
        to = request.queryValue("to") ?? ""
        guard !from.isEmpty || !to.isEmpty else {
            period = .named(Period.Name(rawValue: request.queryValue("period") ?? "") ?? .week)
            errors = []
            return
        }
        // One day alone is a period of a day.
        let (first, last) = (from.isEmpty ? to : from, to.isEmpty ? from : to)
        errors = Self.errors(first, last)
        period = errors.isEmpty ? .days(from: first, to: last) : .named(.week)
    }

    /// The chosen one of the names; nil for days of one's own.
    var name: Period.Name? { if case .named(let name) = period, errors.isEmpty { name } else { nil } }

    private static func errors(_ first: String, _ last: String) -> [FieldError] {
        let faults = [("from", first), ("to", last)].flatMap { name, text -> [FieldError] in
            // As a browser's calendar writes it, so that days compare as texts.
            guard text.utf8.count == 10, case .success = FieldKind.date.parse(.string(text)) else {
                return [FieldError(name, .notADay)]
            }
            return []
        }
        guard faults.isEmpty else { return faults }
        guard first <= last else { return [FieldError("to", .endsBeforeItBegins)] }
        guard let begin = WholeNumber.read(first.prefix(4), in: 1...9999),
            let end = WholeNumber.read(last.prefix(4), in: 1...9999), end - begin < maximumYears
        else {
            return [FieldError("to", .tooLongPeriod)]
        }
        return []
    }
}

extension Text {
    fileprivate static let notADay = Text(
        "Choose a day, such as 24 Dec 2026.", es: "Elija un día, por ejemplo 24/12/2026.")
    fileprivate static let endsBeforeItBegins = Text(
        "The last day comes before the first.", es: "El último día es anterior al primero.")
    fileprivate static let tooLongPeriod = Text("Choose fewer years.", es: "Elija menos años.")
}
