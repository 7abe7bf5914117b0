import Cryptography
import JSON
import PostgreSQL
import Web

/// `POST /api/auth/login/`: name and password against a pair of tokens.
///
/// Unknown name, wrong password and disabled account have the same answer, cost the same time, and are throttled alike.
/// - SQL: `api.begin_login`, `api.refuse_login`, `api.upgrade_password`, `api.open_session` (sql/functions/users/).
struct SignIn: Handler {
    private let username: String
    private let password: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        username = fields.text("username", maximum: 1024)
        password = fields.text("password", maximum: 1024)
        try fields.finish()
    }

    func respond(_ context: Context) throws -> Response {
        let attempt = LoginAttempt(username: username, context)
        let user = try attempt.prove(password, context)
        let subject = try attempt.openSession(of: user, context)
        return .json(
            TokenPair.json(for: subject.subject, generation: subject.generation, issuedAt: context.now, context),
            headers: [attempt.cookie(context)])
    }
}
