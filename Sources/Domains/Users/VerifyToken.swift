import Cryptography
import OpenAPI
import PostgreSQL
import Web

/// Looks whether a token of either kind is good and its session lives.
///
/// - SQL: `api.session_is_live` (sql/functions/users/session_is_live.sql).
struct VerifyToken: FormAction {
    static let body = TokenBody("token", Text("A token of either kind.", es: "Un token de cualquier tipo."))

    private let token: String

    init(_ fields: inout FieldReader) { token = fields.read(Self.body.token) }

    /// - Throws: 401 for one that is not good.
    func perform(_ context: Context) throws {
        let subject = try TokenAnswer.verify(token, as: nil, context).subject
        let live = try context.database.run([
            Statement(
                "select api.session_is_live($1, $2, $3)", name: "session_is_live",
                parameters: [
                    .integer(subject.userID), .integer(Int64(subject.tokenVersion)), .integer(subject.sessionID),
                ])
        ])[0][0].bool(0)
        guard live else { throw TokenAnswer.invalid }
    }
}
