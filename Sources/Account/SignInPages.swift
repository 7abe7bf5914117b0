import Pages
import PostgreSQL
import Users
import Web

/// `GET /account/sign-in/`: the form; who is signed in already goes on.
struct ShowSignIn: PageHandler {
    private let next: String?

    init(_ request: Request) throws(HTTPError) {
        next = PagePath.local(request.queryValue("next"))
    }

    func respond(_ page: PageContext) throws -> Response {
        guard page.layout.session == nil else { return page.seeOther(next ?? PagePath.account) }
        return SignInForm(next: next).response(page)
    }
}

/// `POST /account/sign-in/`: name and password against a session of pages.
///
/// The cookie is a new one whatever the browser brought, and a session it brought ends.
struct SubmitSignIn: PageHandler {
    private let username: String
    private let password: String
    private let next: String?

    init(_ request: Request) throws(HTTPError) {
        let form = try Form(request)
        username = form.text("username")
        password = form.text("password")
        next = PagePath.local(form.text("next"))
    }

    func respond(_ page: PageContext) throws -> Response {
        let form = SignInForm(next: next, username: username)
        let missing = form.missing(password: password)
        guard missing.isEmpty else { return form.response(page, missing) }
        do {
            return try signIn(page)
        } catch let error as HTTPError where error.status == 401 {
            return form.response(page, [FieldError(FieldError.wholeObject, Self.refused)])
        } catch let error as HTTPError {
            guard let faults = error.formFaults else { throw error }
            return form.response(page, faults, status: error.status, headers: error.headers)
        }
    }

    private func signIn(_ page: PageContext) throws -> Response {
        let context = page.context
        let attempt = LoginAttempt(username: username, context)
        let user = try attempt.prove(password, context)
        if let session = page.layout.session { try session.close(context) }
        let cookie = PageCookie.random()
        switch try attempt.openSession(of: user, pageTag: context.keys.accounts.tag(.pageSession, cookie), context) {
        case .session(let opened): return page.enter(next, cookie, opened)
        case .challenge(let token):
            let path = next.map { "\(AccountPath.code)?\(QueryItem.encode([QueryItem("next", $0)]))" }
            return page.seeOther(
                path ?? AccountPath.code, headers: [PageCookie.challenge.line(token, for: context.request)])
        }
    }

    /// Not the API's words: here a person reads them.
    private static let refused = Text(
        "The user name or the password is not right.", es: "El nombre de usuario o la contraseña no es correcto.")
}

/// The form of both.
private struct SignInForm {
    let next: String?
    var username = ""

    func missing(password: String) -> [FieldError] {
        var errors: [FieldError] = []
        if username.isEmpty {
            errors.append(FieldError("username", Text("Write your user name.", es: "Escriba su nombre de usuario.")))
        }
        if password.isEmpty {
            errors.append(FieldError("password", Text("Write your password.", es: "Escriba su contraseña.")))
        }
        return errors
    }

    func response(
        _ page: PageContext, _ errors: [FieldError] = [], status: Int? = nil, headers: [Header] = []
    ) -> Response {
        let next: HTML? = next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" }
        let form = PageForm(
            PagePath.signIn,
            [
                PageField(
                    "username", Text("User name", es: "Nombre de usuario"), value: username, autocomplete: "username"),
                PageField("password", Text("Password", es: "Contraseña"), .password, autocomplete: "current-password"),
            ],
            submit: Text("Sign in", es: "Entrar"), errors: errors, extra: next)
        return page.render(
            Text("Sign in", es: "Entrar"), status: status ?? (errors.isEmpty ? 200 : 400), headers: headers,
            """
            \(form.html(page))
            <p class="quiet"><a href="\(AccountPath.newPassword)">\(page.localized(Self.forgotten))</a></p>
            """)
    }

    private static let forgotten = Text(
        "I forgot my password, or I have a one-time code", es: "Olvidé mi contraseña, o tengo un código de un solo uso")
}

extension PageContext {
    /// Signed in: on to where one wanted to be, with a cookie nobody has seen before.
    func enter(_ next: String?, _ cookie: String, _ opened: OpenedSession) -> Response {
        seeOther(
            next ?? PagePath.account,
            headers: [
                PageCookie.session.line(cookie, for: layout.request), opened.cookie,
                PageCookie.challenge.removal(for: layout.request),
            ])
    }
}

/// `POST /account/sign-out/`: ends the session in the database and takes the cookie away.
struct SubmitSignOut: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        try page.layout.session?.close(page.context)
        return page.seeOther(
            PagePath.signIn, notice: Text("You have signed out.", es: "Ha salido de su cuenta."),
            headers: [PageCookie.session.removal(for: page.layout.request)])
    }
}

extension PageSession {
    /// - SQL: `api.close_session` (sql/functions/users/close_session.sql).
    fileprivate func close(_ context: Context) throws {
        _ = try context.database.run(
            Statement(
                "select api.close_session($1, $2)", name: "close_session",
                parameters: [.integer(caller.userID), .integer(caller.sessionID)]))
    }
}
