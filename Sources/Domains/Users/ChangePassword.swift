import Cryptography
import OpenAPI
package import PostgreSQL
package import Web

/// Sets one's own password and ends every other session; the result is a new pair of tokens, because the one that called
/// is void like all others.
///
/// - SQL: `api.own_account`, `api.change_password` (sql/functions/users/).
package struct ChangePassword: FormAction {
    package struct Body: RequestBody {
        let old = BodyField.text(
            "old_password", maximum: 1024, Text("The present password.", es: "La contraseña actual."),
            example: "cuatro-nubes-rosa-91", isSecret: true)
        let new = BodyField.newPassword(
            "new_password", Text("The new one, 8 to 1024 characters.", es: "La nueva, de 8 a 1024 caracteres."))
    }

    package static let body = Body()

    private let old: String
    private let new: String
    /// What else is done in the same transaction.
    private let besides: [Statement]

    package init(from old: String, to new: String, and besides: [Statement]) {
        self.old = old
        self.new = new
        self.besides = besides
    }

    package init(_ fields: inout FieldReader) {
        self.init(from: fields.read(Self.body.old), to: fields.read(Self.body.new), and: [])
    }

    /// - Throws: 400 for a wrong old password (`old_password`) and with every fault of the new one (`new_password`).
    package func perform(_ context: Context) throws -> TokenPair {
        let account = try OwnAccount(context)
        try account.prove(old, as: "old_password", context)
        let caller = try context.requireCaller()
        let row = try context.database.run([try account.change(to: new, as: "new_password", context)] + besides)[0]
            .single()
        let subject = TokenSubject(
            userID: caller.userID, sessionID: caller.sessionID, tokenVersion: Int(try row.integer(1)),
            role: try row.text(2))
        return TokenPair(
            subject: subject, generation: Int(try row.integer(0)), issuedAt: try row.integer(3))
    }
}
