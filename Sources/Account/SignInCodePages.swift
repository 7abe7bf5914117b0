import Pages
import Users
import Web

/// `GET /account/sign-in/code/`: after the password, where a second factor is in use.
struct ShowSignInCode: PageHandler {
    private let next: String?

    init(_ request: Request) throws(HTTPError) {
        next = PagePath.local(request.queryValue("next"))
    }

    func respond(_ page: PageContext) throws -> Response {
        guard PageCookie.challenge.value(in: page.layout.request) != nil else { return page.seeOther(PagePath.signIn) }
        return CodeForm(next: next).response(page)
    }
}

/// `POST /account/sign-in/code/`: six digits or a recovery code against a session of pages.
struct SubmitSignInCode: PageHandler {
    private let code: String
    private let next: String?

    init(_ request: Request) throws(HTTPError) {
        let form = try Form(request)
        code = form.text("code")
        next = PagePath.local(form.text("next"))
    }

    func respond(_ page: PageContext) throws -> Response {
        let context = page.context
        let step = CodeStep(challenge: PageCookie.challenge.value(in: context.request) ?? "", code: code)
        let cookie = PageCookie.random()
        do {
            let opened = try step.take(pageTag: context.keys.accounts.tag(.pageSession, cookie), context)
            return page.enter(next, cookie, opened)
        } catch let error as HTTPError {
            guard error.status != 401 else {
                return page.seeOther(
                    PagePath.signIn, notice: error.sentences.first,
                    headers: [PageCookie.challenge.removal(for: context.request)])
            }
            guard let faults = error.formFaults else { throw error }
            return CodeForm(next: next).response(page, faults, status: error.status, headers: error.headers)
        }
    }
}

/// The form of both.
private struct CodeForm {
    let next: String?

    func response(
        _ page: PageContext, _ errors: [FieldError] = [], status: Int = 200, headers: [Header] = []
    ) -> Response {
        let next: HTML? = next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" }
        let form = PageForm(
            AccountPath.code, [.authenticatorCode], submit: Text("Sign in", es: "Entrar"), errors: errors, extra: next)
        return page.render(
            Text("One more step", es: "Un paso más"), status: status, headers: headers,
            """
            \(form.html(page))
            <p class="quiet"><a href="\(PagePath.signIn)">\(page.localized(Text("Start again", es: "Comenzar de nuevo")))</a></p>
            """)
    }
}

extension PageField {
    /// What an authenticator shows, or what stands in for it.
    static let authenticatorCode = PageField(
        "code", Text("Code", es: "Código"), .code, autocomplete: "one-time-code",
        hint: Text(
            "The six digits your authenticator shows now, or one of your recovery codes.",
            es: "Las seis cifras que muestra ahora su aplicación de autenticación, o un código de recuperación."))
}
