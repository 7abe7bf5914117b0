import JSON
import OpenAPI
import PostgreSQL
import Resource
import Web

/// `GET /api/logs/stats/?days=7`: what happened in the last days, of all that the caller may see.
///
/// - SQL: `api.log_statistics` (sql/functions/access_logs/log_statistics.sql).
struct ShowStatistics: Endpoint {
    static let documentation = Documentation(
        Text("Statistics of the log", es: "Estadísticas de la bitácora"),
        Text("Of all that the caller may see.", es: "De todo lo que quien llama puede ver."),
        parameters: [
            RequestParameter(
                "days", .with(.integer(days), [.init(name: "default", value: 7)]),
                Text("So many days back from now.", es: "Tantos días hacia atrás."))
        ], answers: [.ok(.named("LogStatistics", .object(figures)))])

    private static let days: ClosedRange<Int64> = -36_500...36_500
    private static let recentRows: Int64 = 10
    private let days: Int64

    init(_ request: Request) throws(HTTPError) {
        // Python, which read this number for the legacy API, takes 1_0 for 10.
        let text = (request.queryValue("days") ?? "7").filter { $0 != "_" }
        switch FieldKind.integer(Self.days).parse(.string(text)) {
        case .success(.integer(let days)): self.days = days
        case .success: throw .invalid([FieldError("days", .notAnInteger)])
        case .failure(let fault): throw .invalid(fault.errors(of: "days"))
        }
    }

    func respond(_ context: Context) throws -> Response {
        let role = try context.requireCaller().role
        let projection = accessLogs.listProjection(for: role)
        var since = WhereClause()
        since.add("t.timestamp >= now() - make_interval(hours => 24 * ?::integer)", .integer(days))
        let results = try context.run([
            Statement(
                "select counted, figures from api.log_statistics($1::integer)", name: "log_statistics",
                parameters: [.integer(days)]),
            accessLogs.rowsStatement(
                projection.sql, since, order: accessLogs.orderBy(accessLogs.list.order), limit: Self.recentRows,
                name: "recent logs \(role.rawValue)"),
        ])
        let row = try results[0].single()
        let figures = try JSON(parsing: Array(try row.utf8(1) ?? []))
        let recent = try results[1].map { try projection.json($0, context) }
        try accessLogs.list.counting.rollup?.refreshIfStale(try row.integer(0), context)
        return .json(
            .object(
                Self.names.map { .init(name: $0, value: figures[$0] ?? .null) } + [
                    .init(name: "recent_accesses", value: .array(recent))
                ]))
    }

    /// In the order of the legacy API.
    private static let names = [
        "total_accesses", "successful_accesses", "denied_accesses", "entries", "exits", "unique_residents",
        "unique_visitors", "by_access_method", "by_access_point",
    ]

    private static var figures: [Property] {
        names.map { Property($0, $0.hasPrefix("by_") ? .map(count) : count) } + [
            Property("recent_accesses", .array(accessLogs.listedSchema))
        ]
    }

    private static var count: Schema { .integer(0...Int64.max) }
}
