import AccessLogs
import Pages
import PostgreSQL
import Resource
import Web

/// What the log holds of one hour, day, gate or method.
///
/// - SQL: `api.report_logs` (sql/functions/administration/report_logs.sql).
struct LogCount {
    /// `day`, `month`, `hour`, `method`, `gate`.
    let kind: String
    let key: String
    /// The gate's name; nil for anything else and for a gate that is gone.
    let gate: String?
    let entries: Int64
    let exits: Int64
    let refused: Int64
    let failed: Int64

    var total: Int64 { entries + exits + refused + failed }

    static let columns = "kind, key, label, entries, exits, refused, failed"

    init(_ row: Row) throws {
        kind = try row.text(0)
        key = try row.text(1)
        gate = try row.optionalText(2)
        entries = try row.integer(3)
        exits = try row.integer(4)
        refused = try row.integer(5)
        failed = try row.integer(6)
    }

    /// What people call it.
    func name(_ page: PageContext) -> String {
        switch kind {
        case "day": Day(key).name(page)
        case "month": Day(key).monthName(page)
        case "hour": "\(key):00"
        case "method": accessLogs.field("access_method")?.word(for: key, page) ?? key
        default: gate ?? page.localized(key == "0" ? .noGate : .deletedGate)
        }
    }
}

/// The sums under which counts are shown, in their order; what never happened is left out.
struct LogSeries {
    let label: Text
    /// Its class in the stylesheet.
    let mark: String
    /// What filters the log for these rows.
    let filters: [QueryItem]
    let value: @Sendable (LogCount) -> Int64

    static let entries = LogSeries(
        label: Text("Entries", es: "Entradas"), mark: "in",
        filters: [QueryItem("status", "SUCCESS"), QueryItem("access_type", "ENTRY")], value: { $0.entries })
    static let exits = LogSeries(
        label: Text("Exits", es: "Salidas"), mark: "out",
        filters: [QueryItem("status", "SUCCESS"), QueryItem("access_type", "EXIT")], value: { $0.exits })
    static let refused = LogSeries(
        label: Text("Refused", es: "Rechazos"), mark: "no", filters: [.denied], value: { $0.refused })
    static let failed = LogSeries(
        label: Text("Errors", es: "Errores"), mark: "no", filters: [QueryItem("status", "ERROR")],
        value: { $0.failed })

    /// Errors are history of another system: a column for them only where there are any.
    static func shown(for counts: [LogCount]) -> [LogSeries] {
        [entries, exits, refused] + (counts.contains { $0.failed > 0 } ? [failed] : [])
    }
}

extension Text {
    static let noGate = Text("No gate given", es: "Sin acceso indicado")
    static let deletedGate = Text("Deleted gate", es: "Acceso eliminado")
}
