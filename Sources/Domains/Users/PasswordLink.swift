import Cryptography
import JSON
import OpenAPI
import PostgreSQL
import Resource
package import Web

/// The token of a one-time link that sets a password: shown to whoever makes it, kept nowhere.
package struct PasswordLink {
    /// 43 letters: 256 random bits.
    package let token: String

    package init() {
        token = Base64URL.encode(RandomBytes.make(count: 32))
    }

    /// Sets a password by a link, once.
    ///
    /// - SQL: `api.find_password_link`, `api.reset_password` (sql/functions/users/).
    /// - Throws: 400 for a link that is not good (`token`) and for a password that is not (`password`).
    package static func use(_ token: String, toSet password: String, _ context: Context) throws {
        let tags = context.keys.accounts.tags(.passwordLink, token)
        let found = try context.database.run(
            Statement(
                "select username, first_name, last_name, email, site_name from api.find_password_link($1)",
                name: "find_password_link", parameters: [.bytesArray(tags)]))
        guard found.count == 1 else { throw unknownLink }
        try PasswordPolicy.check(password, of: PasswordOwner(found[0], from: 0), as: "password")
        let hash = try PasswordHash.make(password)
        let done = try context.database.run(
            Statement(
                "select api.reset_password($1, $2, $3, $4)", name: "reset_password",
                parameters: [
                    .bytesArray(tags), .text(hash.stored), .text(context.request.id), .text(context.request.address),
                ])
        ).single().bool(0)
        guard done else { throw unknownLink }
    }

    private static let unknownLink = HTTPError.invalid([
        FieldError(
            "token",
            Text("This link is not known, was used or is too old.", es: "El enlace no existe, ya se usó o venció."))
    ])
}

/// `POST /api/users/{id}/password_link/`: an administrator makes a one-time link for an account of the site.
///
/// A link made before is replaced; the account's present password stays until the link is used.
/// - SQL: `api.make_password_link` (sql/functions/users/make_password_link.sql).
struct MakePasswordLink: Endpoint {
    static let documentation = Documentation(
        Text("Make a link that sets a password", es: "Crear un enlace para fijar la contraseña"),
        Text(
            "It works once; one made before is void. The present password stays until then.",
            es: "Sirve una vez; el anterior deja de servir. La contraseña actual sigue hasta entonces."),
        answers: [
            .created(
                .named("PasswordLink", .object(Property("token", .string), Property("expires_at", .timestamp))))
        ])

    private let id: Int64

    init(_ request: Request) throws(HTTPError) {
        id = try request.identifier()
    }

    func respond(_ context: Context) throws -> Response {
        let (link, end) = try AccountTask.makePasswordLink(for: id, context)
        return .json(["token": .string(link.token), "expires_at": .string(WireTime.timestamp(end))], status: 201)
    }
}

/// `POST /api/auth/reset/`: `{token, password}`: sets a password by a link, once.
///
/// - SQL: `api.find_password_link`, `api.reset_password` (sql/functions/users/).
struct ResetPassword: Endpoint {
    private struct Body: RequestBody {
        let token = BodyField.text(
            "token", maximum: 100, Text("The token of the link.", es: "El token del enlace."),
            example: "kqJ0m2b9", isSecret: true)
        let password = BodyField.text(
            "password", maximum: nil,
            Text("The new password, 8 to 1024 characters.", es: "La nueva contraseña, de 8 a 1024 caracteres."),
            example: "siete-mares-verde-37", isSecret: true)
    }

    private static let body = Body()
    static let documentation = Documentation(
        Text("Set a password by a link", es: "Fijar la contraseña con un enlace"), body: body, answers: [.noContent])

    private let token: String
    private let password: String

    init(_ request: Request) throws(HTTPError) {
        var fields = try FieldReader(request)
        token = fields.read(Self.body.token)
        password = fields.read(Self.body.password)
        try fields.finish()
    }

    func respond(_ context: Context) throws -> Response {
        try PasswordLink.use(token, toSet: password, context)
        return .noContent
    }
}
