import Pages
import Users
import Web

/// `/account/sign-in/code/`: after the password, where a second factor is in use: six digits or a recovery code against
/// a session of pages.
struct SignInCodePage: FormPage {
    private let next: String?

    init(_ request: Request) throws(HTTPError) {
        next = PagePath.local(request.queryValue("next"))
    }

    func show(_ answer: FormAnswer, _ page: PageContext) throws -> Response {
        guard answer.form != nil || PageCookie.challenge.value(in: page.layout.request) != nil else {
            return page.seeOther(PagePath.signIn)
        }
        let next = answer.form.map(AccountPath.next(of:)) ?? next
        let form = PageForm(
            AccountPath.code, [.authenticatorCode], submit: .signIn, errors: answer.errors,
            hidden: next.map { [QueryItem("next", $0)] } ?? [])
        let again = Text("Start over", es: "Comenzar de nuevo")
        return page.render(
            Text("One more step", es: "Un paso más"), status: answer.status, headers: answer.headers,
            """
            \(form.html(page))
            <p class="quiet"><a href="\(PagePath.signIn)">\(page.localized(again))</a></p>
            """)
    }

    func perform(_ form: Form, _ page: PageContext) throws -> Response {
        let context = page.context
        let cookie = PageCookie.random()
        let step = PassChallenge(
            PageCookie.challenge.value(in: context.request) ?? "", with: form.text("code"),
            pageTag: context.keys.accounts.tag(.pageSession, cookie))
        do {
            let opened = try step.perform(context)
            return page.enter(AccountPath.next(of: form), cookie, opened)
        } catch let error as HTTPError where error.status == 401 {
            // Too late, or too many codes: the password once more.
            return page.seeOther(
                PagePath.signIn, notice: error.sentences.first,
                headers: [PageCookie.challenge.removal(for: context.request)])
        }
    }
}

extension FormField {
    /// What an authenticator shows, or what stands in for it.
    static let authenticatorCode = FormField(
        "code", Text("Code", es: "Código"), .code(autocomplete: "one-time-code"),
        hint: Text(
            "The six digits your authenticator app shows now, or one of your recovery codes.",
            es: "Los seis dígitos que muestra ahora su aplicación de autenticación, o un código de recuperación."))
}
