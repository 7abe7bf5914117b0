import Cryptography
import OpenAPI
import PostgreSQL
package import Web

/// Sets a password by a link, once.
///
/// - SQL: `api.find_password_link`, `api.reset_password` (sql/functions/users/).
package struct ResetPassword: FormAction {
    package struct Body: RequestBody {
        let token = BodyField.text(
            "token", maximum: 100, Text("The token of the link.", es: "El token del enlace."),
            example: "kqJ0m2b9", isSecret: true)
        let password = BodyField.newPassword(
            "password",
            Text("The new password, 8 to 1024 characters.", es: "La nueva contraseña, de 8 a 1024 caracteres."))
    }

    package static let body = Body()

    private let token: String
    private let password: String

    package init(token: String, password: String) {
        self.token = token
        self.password = password
    }

    package init(_ fields: inout FieldReader) {
        token = fields.read(Self.body.token)
        password = fields.read(Self.body.password)
    }

    /// Whose password a link sets; nil when it is not known, was used or is too old.
    package static func username(of token: String, _ context: Context) throws -> String? {
        try context.database.run(
            Statement(
                "select username from api.find_password_link($1)", name: "name_of_password_link",
                parameters: [.bytesArray(context.keys.accounts.tags(.passwordLink, token))])
        ).first?.text(0)
    }

    /// - Throws: 400 for a link that is not good (`token`) and for a password that is not (`password`).
    package func perform(_ context: Context) throws {
        let tags = context.keys.accounts.tags(.passwordLink, token)
        let found = try context.database.run(
            Statement(
                "select username, first_name, last_name, email, site_name from api.find_password_link($1)",
                name: "find_password_link", parameters: [.bytesArray(tags)]))
        guard found.count == 1 else { throw Self.unknownLink }
        try PasswordPolicy.check(password, of: PasswordOwner(found[0], from: 0), as: "password")
        let hash = try PasswordHash.make(password)
        let done = try context.database.run(
            Statement(
                "select api.reset_password($1, $2, $3, $4)", name: "reset_password",
                parameters: [
                    .bytesArray(tags), .text(hash.stored), .text(context.request.id), .text(context.request.address),
                ])
        ).single().bool(0)
        guard done else { throw Self.unknownLink }
    }

    package static let unknownLink = HTTPError.invalid([
        FieldError(
            "token",
            Text(
                "This link does not exist, was already used, or has expired. Ask for a new one.",
                es: "El enlace no existe, ya se usó o venció. Pida uno nuevo."))
    ])
}
