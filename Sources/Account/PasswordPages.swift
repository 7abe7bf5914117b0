import Pages
import PostgreSQL
import Users
import Web

/// `GET /account/password/`: the form for one's own password.
struct ShowPassword: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response { PasswordForm.response(page) }
}

/// `POST /account/password/`: sets one's own password; this session goes on with a new cookie, all others end.
///
/// - SQL: `api.renew_page_session` (sql/functions/users/renew_page_session.sql).
struct SubmitPassword: PageHandler {
    private let old: String
    private let new: String

    init(_ request: Request) throws(HTTPError) {
        let form = try Form(request)
        old = form.text("old_password")
        new = form.text("new_password")
    }

    func respond(_ page: PageContext) throws -> Response {
        let context = page.context
        do {
            let account = try OwnAccount(context)
            try account.prove(old, as: "old_password", context)
            let renewal = try SessionRenewal(page)
            _ = try context.database.run([
                try account.change(to: new, as: "new_password", context), renewal.statement,
            ])
            return page.seeOther(
                PagePath.account,
                notice: Text(
                    "Your password has changed. All other sessions have ended.",
                    es: "Su contraseña ha cambiado. Las demás sesiones se cerraron."),
                headers: [renewal.cookieLine])
        } catch let error as HTTPError {
            guard let faults = error.formFaults else { throw error }
            return PasswordForm.response(page, faults)
        }
    }
}

/// The form of both.
private enum PasswordForm {
    static func response(_ page: PageContext, _ errors: [FieldError] = []) -> Response {
        let form = PageForm(
            AccountPath.password,
            [
                PageField(
                    "old_password", Text("Your present password", es: "Su contraseña actual"), .password,
                    autocomplete: "current-password"),
                PageField(
                    "new_password", Text("New password", es: "Contraseña nueva"), .password,
                    autocomplete: "new-password", hint: .passwordHint),
            ],
            submit: Text("Change my password", es: "Cambiar mi contraseña"), errors: errors)
        return page.render(
            Text("Password", es: "Contraseña"), status: errors.isEmpty ? 200 : 400, form.html(page))
    }
}

/// A new cookie for the session in hand, whenever what protects the account has changed.
struct SessionRenewal {
    /// To be run in the transaction of the change.
    let statement: Statement
    let cookieLine: Header

    init(_ page: PageContext) throws {
        let keys = page.context.keys.accounts
        let caller = try page.context.requireCaller()
        let cookie = PageCookie.random()
        statement = Statement(
            "select api.renew_page_session($1, $2, $3, $4)", name: "renew_page_session",
            parameters: [
                .integer(caller.userID), .integer(caller.sessionID),
                .bytesArray(keys.tags(.pageSession, page.layout.cookie)), .bytes(keys.tag(.pageSession, cookie)),
            ])
        cookieLine = PageCookie.session.line(cookie, for: page.layout.request)
    }
}

/// `GET /account/new-password/`: for who has a one-time code; who has none reads how to get one.
struct ShowNewPassword: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response { NewPasswordForm().response(page) }
}

/// `POST /account/new-password/`: sets a password by a one-time code.
///
/// The code is in the form, never in the address: addresses are kept by browsers and logs.
struct SubmitNewPassword: PageHandler {
    private let token: String
    private let password: String

    init(_ request: Request) throws(HTTPError) {
        let form = try Form(request)
        token = form.text("token").filter { !$0.isWhitespace }
        password = form.text("password")
    }

    func respond(_ page: PageContext) throws -> Response {
        do {
            try PasswordLink.use(token, toSet: password, page.context)
            return page.seeOther(
                PagePath.signIn,
                notice: Text(
                    "Your new password is set. Sign in with it.", es: "Su contraseña nueva quedó lista. Entre con ella."
                ))
        } catch let error as HTTPError {
            guard let faults = error.formFaults else { throw error }
            return NewPasswordForm(token: token).response(page, faults)
        }
    }
}

/// The form of both.
private struct NewPasswordForm {
    var token = ""

    func response(_ page: PageContext, _ errors: [FieldError] = []) -> Response {
        let form = PageForm(
            AccountPath.newPassword,
            [
                PageField(
                    "token", Text("One-time code", es: "Código de un solo uso"), .code, value: token,
                    hint: Text("43 letters and digits, good for 24 hours.", es: "43 letras y cifras; sirve 24 horas.")),
                PageField(
                    "password", Text("New password", es: "Contraseña nueva"), .password, autocomplete: "new-password",
                    hint: .passwordHint),
            ],
            submit: Text("Set my password", es: "Guardar mi contraseña"), errors: errors)
        let about = Text(
            "Your administration gives you a one-time code when your account is new or you forgot your password. "
                + "Write it here with a password of your own.",
            es: "La administración le da un código de un solo uso cuando su cuenta es nueva o si olvidó su contraseña. "
                + "Escríbalo aquí junto con una contraseña que usted elija.")
        return page.render(
            Text("Set a new password", es: "Nueva contraseña"), status: errors.isEmpty ? 200 : 400,
            """
            <p>\(page.localized(about))</p>
            \(form.html(page))
            <p class="quiet"><a href="\(PagePath.signIn)">\(page.localized(Text("Back to sign in", es: "Volver a entrar")))</a></p>
            """)
    }
}

extension Text {
    fileprivate static let passwordHint = Text(
        "At least 8 characters; not a common password, not like your name or e-mail.",
        es: "Al menos 8 caracteres; que no sea una contraseña común ni se parezca a su nombre o correo.")
}
