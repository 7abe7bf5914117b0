import Resource
import Vocabulary
package import Web

/// Gates, and the decision at a gate.
package let accessControlRoutes: [Route] =
    accessPoints.routes + [
        .post("/api/access/codes/validate/", for: .gatekeepers, ValidateCode.self)
    ]
