import OpenAPI
import Web

/// `POST /api/users/{id}/unlock/`: an administrator forgets the failed log-ins of an account.
///
/// - SQL: `api.unlock_account` (sql/functions/users/unlock_account.sql).
struct UnlockAccount: Endpoint {
    static let documentation = Documentation(
        Text("Forget the failed log-ins of an account", es: "Olvidar los intentos fallidos de una cuenta"),
        answers: [.noContent])

    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        try AccountTask.unlock(id, context)
        return .noContent
    }
}
