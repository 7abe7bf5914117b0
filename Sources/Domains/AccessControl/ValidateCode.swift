import OpenAPI
import Vocabulary
import Web

/// `POST /api/access/codes/validate/`: decides whether a code opens a gate, and logs the attempt either way.
///
/// A refusal is an answer, not a failure.
struct ValidateCode: Endpoint {
    static let documentation = Documentation(
        Text("Ask a gate", es: "Preguntar a un acceso"),
        Text(
            "Decides whether a code opens a gate, spends a use of it, and writes the attempt into the log. A refusal is"
                + " an answer too: it says why.",
            es:
                "Decide si un código abre un acceso, descuenta un uso y registra el intento. Una negativa también es una"
                + " respuesta: dice por qué."),
        parameters: [.idempotencyKey], body: GateQuestion.bodyWithGate,
        answers: [.ok(Verdict.grantSchema)] + Verdict.refusals)

    private let question: GateQuestion

    init(_ request: Request) throws(HTTPError) {
        question = try GateQuestion(request, needsGate: true)
    }

    func respond(_ context: Context) throws -> Response {
        try question.ask(context).response(context.request.language)
    }
}
