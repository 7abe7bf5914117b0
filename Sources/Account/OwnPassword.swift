import Pages
import PostgreSQL
import Users
import Web

/// `/account/password/`: sets one's own password; this session goes on with a new cookie, all others end.
///
/// - SQL: `api.renew_page_session` (sql/functions/users/renew_page_session.sql).
struct OwnPasswordPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let form = PageForm(
            AccountPath.password,
            [
                FormField(
                    "old_password", Text("Your current password", es: "Su contraseña actual"),
                    .password(autocomplete: "current-password")),
                .newPassword("new_password"),
            ],
            submit: Text("Change my password", es: "Cambiar mi contraseña"), errors: answer.errors)
        return page.render(Text("Password", es: "Contraseña"), status: answer.status, form.html(page))
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let renewal = try SessionRenewal(page)
        _ = try ChangePassword(
            from: form.text("old_password"), to: form.text("new_password"), and: [renewal.statement]
        ).perform(page.context)
        return page.seeOther(
            PagePath.account,
            notice: Text(
                "Your password has changed. All other sessions have ended.",
                es: "Su contraseña ha cambiado. Las demás sesiones se cerraron."),
            headers: [renewal.cookieLine])
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

/// `/account/new-password/`: sets a password by a one-time code; who has none reads how to get one.
///
/// The code is in the form, never in the address: addresses are kept by browsers and logs.
struct NewPasswordPage: FormPage {
    init(_ request: Request) throws(HTTPError) {}

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let token = Self.token(of: answer.form)
        let username = try token.isEmpty ? nil : ResetPassword.username(of: token, page.context)
        return draw(answer, token, username, page)
    }

    private func draw(_ answer: FormAnswer, _ token: String, _ username: String?, _ page: PageContext) -> Response {
        let form = PageForm(
            PagePath.newPassword,
            [
                FormField(
                    "token", Text("One-time code", es: "Código de un solo uso"), .code(), [token],
                    hint: Text("43 letters and digits. It works once.", es: "43 letras y dígitos. Sirve una sola vez.")),
                .newPassword("password"),
            ],
            submit: Text("Set my password", es: "Guardar mi contraseña"), errors: answer.errors)
        let name: HTML? = username.map {
            "<p>\(page.localized(Self.yourName)) <strong class=\"code\">\($0)</strong></p>\n"
        }
        return page.render(
            Text("Set a new password", es: "Nueva contraseña"), status: answer.status,
            """
            \(name ?? "<p>\(page.localized(Self.about))</p>")
            \(form.html(page))
            <p class="quiet"><a href="\(PagePath.signIn)">\(page.localized(Self.back))</a></p>
            """)
    }

    /// With a code alone it says whose it is, which is what the page's script asks for a link.
    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let token = Self.token(of: form)
        let username = try ResetPassword.username(of: token, page.context)
        if form.text("password").isEmpty {
            guard let username else { throw ResetPassword.unknownLink }
            return draw(FormAnswer(filledIn: form), token, username, page)
        }
        try ResetPassword(token: token, password: form.text("password")).perform(page.context)
        return page.seeOther(
            PagePath.signIn,
            notice: Text(
                "Your new password is set. Sign in with it.",
                es: "Su contraseña nueva quedó guardada. Inicie sesión con ella."),
            headers: username.map { [PageCookie.username.line(text: $0, for: page.layout.request)] } ?? [])
    }

    /// Read from paper or a phone, it may have got blanks on the way.
    private static func token(of form: Form?) -> String { form?.text("token").filter { !$0.isWhitespace } ?? "" }

    private static let yourName = Text(
        "Choose a password. You will sign in with it and with this user name:",
        es: "Elija una contraseña. Entrará con ella y con este nombre de usuario:")
    private static let about = Text(
        "Your administrator gives you a one-time code when your account is new or you forgot your"
            + " password. Enter it here and choose a password.",
        es: "La administración le da un código de un solo uso cuando su cuenta es nueva o si olvidó su contraseña. "
            + "Escríbalo aquí junto con una contraseña que usted elija.")
    private static let back = Text("Back to sign in", es: "Volver a iniciar sesión")
}

extension FormField {
    /// A password somebody chooses.
    fileprivate static func newPassword(_ name: String) -> FormField {
        FormField(
            name, Text("New password", es: "Contraseña nueva"), .password(autocomplete: "new-password"),
            hint: Text(
                "At least 8 characters; not a common password, not like your name or email.",
                es: "Al menos 8 caracteres; que no sea una contraseña común ni se parezca a su nombre o correo."))
    }
}
