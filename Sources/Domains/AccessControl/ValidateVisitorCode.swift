import JSON
import OpenAPI
import PostgreSQL
package import Resource
import Vocabulary
package import Web

/// The row of ``ValidateVisitorCode``.
///
/// - Parameters:
///   - visitor: the table of visitors, which belongs to another domain: this one only shows a row of it.
///   - pass: the table of their passes.
package func visitorValidation(visitor: Resource, pass: Resource) -> Route {
    Route(
        .post, "/api/visitors/validate_code/", for: .gatekeepers, named: "ValidateVisitorCode",
        ValidateVisitorCode.documentation(visitor: visitor, pass: pass)
    ) { request throws(HTTPError) in
        try ValidateVisitorCode(request, visitor: visitor, pass: pass).respond
    }
}

/// `POST /api/visitors/validate_code/`: the same decision as at a gate, answered with the visitor and the pass.
///
/// The gate may be left out; then the lines about the gate are skipped, all others hold, and the attempt is logged.
private struct ValidateVisitorCode {
    static func documentation(visitor: Resource, pass: Resource) -> Documentation {
        Documentation(
            Text("Ask a gate about a visitor", es: "Preguntar a un acceso por un visitante"),
            Text(
                "The same decision as at a gate, answered with visitor and pass. Without a gate its rules are skipped.",
                es: "La misma decisión que en un acceso, con visitante y pase. Sin acceso se omiten sus reglas."),
            parameters: [.idempotencyKey], body: GateQuestion.bodyWithoutGate,
            answers: [
                .ok(
                    .anyOf([
                        Verdict.visitorGrantSchema(visitor: visitor.rowSchema, code: pass.rowSchema),
                        Verdict.grantSchema,
                    ]))
            ] + Verdict.refusals)
    }

    private let question: GateQuestion
    private let visitor: Resource
    private let pass: Resource

    /// - Throws: 400 with every faulty field.
    init(_ request: Request, visitor: Resource, pass: Resource) throws(HTTPError) {
        question = try GateQuestion(request, needsGate: false)
        self.visitor = visitor
        self.pass = pass
    }

    /// Visitor and pass are shown as this attempt left them, so the answer to a named request is kept as it was sent.
    func respond(_ context: Context) throws -> Response {
        guard let name = question.requestID, !name.isEmpty else { return try decide(context) }
        return try IdempotencyKey(named: name).answer(context, once: decide)
    }

    private func decide(_ context: Context) throws -> Response {
        let verdict = try question.ask(context)
        guard verdict.granted, let visitorID = verdict.visitorID, let passID = verdict.codeID else {
            return verdict.response(context.request.language)
        }
        let role = try context.requireCaller().role
        let people = visitor.rowProjection(for: role)
        let passes = pass.rowProjection(for: role)
        let rows = try context.run([
            visitor.rowStatement(.number(visitorID), for: role), pass.rowStatement(.number(passID), for: role),
        ])
        return verdict.grant(
            visitor: try people.json(try rows[0].single(), context),
            code: try passes.json(try rows[1].single(), context, origin: ""))
    }
}
