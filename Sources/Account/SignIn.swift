import Pages
import PostgreSQL
import Users
import Web

/// `/account/sign-in/`: name and password against a session of pages; who is signed in already goes on.
///
/// The cookie is a new one whatever the browser brought, and a session it brought ends.
struct SignInPage: FormPage {
    private let next: String?

    init(_ request: Request) throws(HTTPError) {
        next = PagePath.local(request.queryValue("next"))
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        let next = answer.form.map(AccountPath.next(of:)) ?? next
        if let session = page.layout.session, answer.form == nil {
            return page.seeOther(next ?? page.layout.home(of: session.caller.role))
        }
        let form = PageForm(
            PagePath.signIn,
            [
                FormField(
                    "username", Text("User name", es: "Nombre de usuario"),
                    .text(autocomplete: "username", verbatim: true),
                    [
                        answer.form == nil
                            ? PageCookie.username.text(in: page.layout.request) ?? "" : answer.text("username")
                    ]),
                FormField(
                    "password", Text("Password", es: "Contraseña"), .password(autocomplete: "current-password")),
            ],
            submit: .signIn, errors: answer.errors, hidden: next.map { [QueryItem("next", $0)] } ?? [])
        return page.render(
            .signIn, status: answer.status, headers: answer.headers,
            """
            \(form.html(page))
            <p class="quiet"><a href="\(PagePath.newPassword)">\(page.localized(Self.forgotten))</a></p>
            """)
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let (username, password) = (form.text("username"), form.text("password"))
        let missing = Self.missing(username, password)
        guard missing.isEmpty else { throw HTTPError.invalid(missing) }
        let context = page.context
        let attempt = LoginAttempt(username: username, context)
        let user: Int64
        do { user = try attempt.prove(password, context) } catch let error as HTTPError where error.status == 401 {
            throw HTTPError.invalid([FieldError(FieldError.wholeObject, Self.refused)])
        }
        if let session = page.layout.session { try session.close(context) }
        let next = AccountPath.next(of: form)
        let cookie = PageCookie.random()
        switch try attempt.openSession(of: user, pageTag: context.keys.accounts.tag(.pageSession, cookie), context) {
        case .session(let opened): return page.enter(next, cookie, opened)
        case .challenge(let token):
            let path = next.map { "\(AccountPath.code)?\(QueryItem.encode([QueryItem("next", $0)]))" }
            return page.seeOther(
                path ?? AccountPath.code, headers: [PageCookie.challenge.line(token, for: context.request)])
        }
    }

    private static func missing(_ username: String, _ password: String) -> [FieldError] {
        var errors: [FieldError] = []
        if username.isEmpty {
            errors.append(FieldError("username", Text("Enter your user name.", es: "Escriba su nombre de usuario.")))
        }
        if password.isEmpty {
            errors.append(FieldError("password", Text("Enter your password.", es: "Escriba su contraseña.")))
        }
        return errors
    }

    /// Not the API's words: here a person reads them.
    private static let refused = Text(
        "The user name or password is incorrect.", es: "El nombre de usuario o la contraseña son incorrectos.")
    private static let forgotten = Text(
        "I forgot my password, or I have a one-time code", es: "Olvidé mi contraseña, o tengo un código de un solo uso")
}

extension AccountPath {
    /// Where somebody wanted to be before signing in.
    static func next(of form: Form) -> String? { PagePath.local(form.text("next")) }
}

extension PageContext {
    /// Signed in: on to where one wanted to be, with a cookie nobody has seen before.
    func enter(_ next: String?, _ cookie: String, _ opened: OpenedSession) -> Response {
        seeOther(
            next ?? layout.home(of: opened.role),
            headers: [
                PageCookie.session.line(cookie, for: layout.request), opened.cookie,
                PageCookie.challenge.removal(for: layout.request), PageCookie.username.removal(for: layout.request),
            ])
    }
}

/// `POST /account/sign-out/`: ends the session in the database and takes the cookie away.
struct SignOutPage: PageHandler {
    init(_ request: Request) throws(HTTPError) {}

    func respond(_ page: PageContext) throws -> Response {
        try page.layout.session?.close(page.context)
        return page.seeOther(
            PagePath.signIn, notice: Text("You have signed out.", es: "Su sesión se cerró."),
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

extension Text {
    static let signIn = Text("Sign in", es: "Iniciar sesión")
}
