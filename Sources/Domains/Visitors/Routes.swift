import Cryptography
import JSON
import OpenAPI
import PostgreSQL
import Resource
import Vocabulary
package import Web

/// Visitors and their passes.
///
/// Whether a pass opens a gate is asked at `/api/visitors/validate_code/`, which belongs to `AccessControl`.
package let visitorsRoutes: [Route] =
    visitors.routes + temporaryCodes.routes + [
        decision(.approve, Text("Approve a visit", es: "Autorizar una visita"), for: .signedIn),
        decision(.deny, Text("Refuse a visit", es: "Rechazar una visita"), for: .signedIn),
        decision(.cancel, Text("Cancel a visit", es: "Cancelar una visita"), for: .household),
        temporaryCodes.action(
            "revoke", for: .household, RevokePass.self,
            Documentation(
                Text("Revoke a pass", es: "Cancelar un pase"), id: "revokeCode", Text("For good.", es: "Para siempre."))
        ),
        .action(
            "/api/visitors/generate_code/", for: .signedIn, IssuePass.self, aboutIssuing, answering: issuedPass
        ).with(.repeatable),
    ]

/// The pictures of passes.
package let passPictureRoutes: [Route] = [
    .get("/api/codes/{id}/qr.png", for: .signedIn, ShowQRCodePNG.self),
    .get("/api/codes/{id}/qr.svg", for: .signedIn, ShowQRCodeSVG.self),
]

private func decision(_ step: DecideVisit.Step, _ summary: Text, for access: Access) -> Route {
    visitors.action(
        step.rawValue, for: access, DecideVisit.self, named: "DecideVisit \(step)",
        Documentation(summary, id: "\(step)Visit", body: DecideVisit.body)
    ) { request throws(HTTPError) in
        let id = try request.identifier()
        return try Form(request).read { DecideVisit(step, of: id, &$0) }
    }
}

private let aboutIssuing = Documentation(
    Text("Issue a pass", es: "Emitir un pase"), id: "issueCode",
    Text(
        "The code is in clear in this answer, and for a one-time pass its secret key: later ones may hide it.",
        es:
            "El código va completo en esta respuesta y, en un pase de un solo uso, su clave secreta; después puede ocultarse."
    ),
    answers: [
        .created(temporaryCodes.rowSchema, rowsAt: temporaryCodes.path),
        Answer(
            404, Text("There is no such visitor.", es: "No existe ese visitante."),
            .anyOf([.object(Property("error", .string)), .object(Property("detail", .string))])),
    ])

/// The row of the new pass with what is shown this once.
private func issuedPass(_ issue: IssuePass, _ context: Context) throws -> Response {
    let pass: RevealedPass
    do {
        pass = try issue.perform(context)
    } catch DatabaseError.refused(let refusal) where refusal.state == "GA404" {
        // As the legacy API says it.
        let text = Text("Visitor not found", es: "No se encontró al visitante")
        throw HTTPError(404, .body { ["error": .string(text($0))] })
    }
    // As in the legacy API's answer to this request, the picture's address is a path.
    let row = try temporaryCodes.rowProjection(for: context.requireCaller().role).json(pass.row, context, origin: "")
    let answer = row.replacing("code", with: .string(pass.code.text))
    let seed = pass.secret.map { answer.replacing("secret_key", with: .string($0.base32)) }
    return .json(seed ?? answer, status: 201)
}
