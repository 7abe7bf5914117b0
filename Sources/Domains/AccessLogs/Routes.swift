import OpenAPI
import Resource
package import Web

/// The access log.
package let accessLogsRoutes: [Route] =
    accessLogs.routes + [
        .get("/api/logs/stats/", for: .signedIn, ShowStatistics.self),
        ListLogsOfPerson.route("/api/logs/resident_logs/", "resident_id", "resident_id"),
        ListLogsOfPerson.route("/api/logs/visitor_logs/", "visitor_id", "visitor_id"),
    ]
