import Vocabulary
import Web

/// `POST /api/access/codes/validate/`: decides whether a code opens a gate, and logs the attempt either way.
///
/// A refusal is an answer, not a failure.
struct ValidateCode: Handler {
    private let question: GateQuestion

    init(_ request: Request) throws(HTTPError) {
        question = try GateQuestion(request, needsGate: true)
    }

    func respond(_ context: Context) throws -> Response {
        try question.ask(context).response(context.request.language)
    }
}
