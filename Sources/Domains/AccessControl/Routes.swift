import Resource
import Vocabulary
package import Web

/// Gates, and the decision at a gate.
package let accessControlRoutes: [Route] =
    accessPoints.routes + accessCodes.routes + schedules.routes + holidays.routes + blocklist.routes + devices.routes
    + [
        .post("/api/access/codes/{id}/report_lost/", for: .household, ReportLost.self),
        .post("/api/access/codes/{id}/reveal/", for: .administrators, RevealAccessCode.self),
        .post("/api/access/codes/validate/", for: .gates, ValidateCode.self),
        .post("/api/access/points/{id}/acknowledge/", for: .gatekeepers, AcknowledgeGate.self),
    ]
