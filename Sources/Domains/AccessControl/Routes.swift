import JSON
import OpenAPI
import Resource
import Vocabulary
package import Web

/// Gates, and the decision at a gate.
package let accessControlRoutes: [Route] =
    accessPoints.routes + accessCodes.routes + schedules.routes + holidays.routes + blocklist.routes + devices.routes
    + standingOrders.routes + shifts.routes + shiftNotes.routes
    + [
        .links("/api/access/", ["points": "/api/access/points/", "codes": "/api/access/codes/"]),
        accessCodes.action(
            "report_lost", for: .household, ReportCardLost.self,
            Documentation(
                Text("Report a permanent code lost", es: "Reportar extraviado un código permanente"), id: "reportLost",
                Text("From now on it does not open any gate.", es: "Desde ahora no abre ningún acceso."))),
        // A POST, because it leaves an entry in the audit.
        .action(
            "/api/access/codes/{id}/reveal/", for: .administrators, RevealCard.self,
            Documentation(
                Text("Show a permanent code in clear", es: "Mostrar un código permanente completo"),
                id: "revealAccessCode",
                Text("It leaves an entry in the audit.", es: "Deja un registro en la auditoría."),
                answers: [
                    .ok(.named("RevealedCode", .object(Property("id", .identifier), Property("code", .string))))
                ])
        ) { card, context in
            .json(["id": .integer(card.id), "code": .string(try card.perform(context))])
        },
        // The legacy API describes the table here, not what it takes.
        .post("/api/access/codes/validate/", for: .gates, ValidateCode.self).with(
            accessCodes.about("Validate", "Validate access code and log access")),
        .action(
            "/api/access/points/{id}/acknowledge/", for: .gatekeepers, AcknowledgeGate.self,
            Documentation(
                Text("Acknowledge a gate", es: "Dar por revisado un acceso"),
                Text(
                    "A guard has looked at a gate where many wrong codes were tried: short codes work there again. Gate 0"
                        + " is that of requests which name none.",
                    es:
                        "Un guardia revisó un acceso con muchos códigos erróneos: ahí vuelven a servir los códigos cortos."
                        + " El acceso 0 es el de las solicitudes que no nombran ninguno."),
                answers: [.noContent])),
    ]
