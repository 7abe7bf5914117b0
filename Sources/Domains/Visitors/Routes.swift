import OpenAPI
import Resource
import Vocabulary
package import Web

/// Visitors and their passes.
///
/// Whether a pass opens a gate is asked at `/api/visitors/validate_code/`, which belongs to `AccessControl`.
package let visitorsRoutes: [Route] =
    visitors.routes + temporaryCodes.routes + [
        DecideVisit.route("approve", Text("Approve a visit", es: "Autorizar una visita"), for: .signedIn),
        DecideVisit.route("deny", Text("Refuse a visit", es: "Rechazar una visita"), for: .signedIn),
        DecideVisit.route("cancel", Text("Cancel a visit", es: "Cancelar una visita"), for: .household),
        .post("/api/codes/{id}/revoke/", for: .household, RevokeCode.self),
        .post("/api/visitors/generate_code/", for: .signedIn, IssueCode.self).with(.repeatable),
    ]

/// The pictures of passes.
package let passPictureRoutes: [Route] = [
    .get("/api/codes/{id}/qr.png", for: .signedIn, ShowQRCodePNG.self),
    .get("/api/codes/{id}/qr.svg", for: .signedIn, ShowQRCodeSVG.self),
]
