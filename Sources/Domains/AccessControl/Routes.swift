import OpenAPI
import Resource
import Vocabulary
package import Web

/// Gates, and the decision at a gate.
package let accessControlRoutes: [Route] =
    accessPoints.routes + accessCodes.routes + schedules.routes + holidays.routes + blocklist.routes + devices.routes
    + [
        .links("/api/access/", ["points": "/api/access/points/", "codes": "/api/access/codes/"]),
        .post("/api/access/codes/{id}/report_lost/", for: .household, ReportLost.self),
        .post("/api/access/codes/{id}/reveal/", for: .administrators, RevealAccessCode.self),
        // The legacy API describes the table here, not what it takes.
        .post("/api/access/codes/validate/", for: .gates, ValidateCode.self).with(
            accessCodes.about("Validate", "Validate access code and log access")),
        .post("/api/access/points/{id}/acknowledge/", for: .gatekeepers, AcknowledgeGate.self),
    ]
