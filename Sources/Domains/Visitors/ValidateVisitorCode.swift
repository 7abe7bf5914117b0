import JSON
import OpenAPI
import PostgreSQL
import Resource
import Vocabulary
import Web

/// `POST /api/visitors/validate_code/`: the same decision as at a gate, answered with the visitor and the pass.
///
/// The gate may be left out; then the lines about the gate are skipped, all others hold, and the attempt is logged.
struct ValidateVisitorCode: Endpoint {
    static let documentation = Documentation(
        Text("Ask a gate about a visitor", es: "Preguntar a un acceso por un visitante"),
        Text(
            "The same decision as at a gate, answered with visitor and pass. Without a gate its rules are skipped.",
            es: "La misma decisión que en un acceso, con visitante y pase. Sin acceso se omiten sus reglas."),
        parameters: [.idempotencyKey], body: GateQuestion.bodyWithoutGate,
        answers: [
            .ok(
                .anyOf([
                    Verdict.visitorGrantSchema(visitor: visitors.rowSchema, code: temporaryCodes.rowSchema),
                    Verdict.grantSchema,
                ]))
        ] + Verdict.refusals)

    private let question: GateQuestion

    init(_ request: Request) throws(HTTPError) {
        question = try GateQuestion(request, needsGate: false)
    }

    /// Visitor and pass are shown as this attempt left them, so the answer to a named request is kept as it was sent.
    func respond(_ context: Context) throws -> Response {
        guard let name = question.requestID, !name.isEmpty else { return try decide(context) }
        return try IdempotencyKey(named: name).answer(context, once: decide)
    }

    private func decide(_ context: Context) throws -> Response {
        let verdict = try question.ask(context)
        guard verdict.granted, let visitor = verdict.visitorID, let code = verdict.codeID else {
            return verdict.response(context.request.language)
        }
        let role = try context.requireCaller().role
        let people = visitors.rowProjection(for: role)
        let passes = temporaryCodes.rowProjection(for: role)
        let rows = try context.run([
            Statement(
                "select \(people.sql) from garita.visitors as t where t.id = $1", parameters: [.integer(visitor)]),
            Statement(
                "select \(passes.sql) from garita.temporary_codes as t where t.id = $1", parameters: [.integer(code)]),
        ])
        return verdict.grant(
            visitor: try people.json(try rows[0].single(), context),
            code: try passes.json(try rows[1].single(), context, origin: ""))
    }
}
