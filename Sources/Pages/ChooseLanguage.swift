import PostgreSQL
package import Web

/// `POST …/language/`: the language of one's own pages, kept with the account; of who is not signed in, with the browser.
///
/// - SQL: `api.choose_language` (sql/functions/users/choose_language.sql).
package struct ChooseLanguage: PageHandler {
    private let language: Language
    private let next: String

    /// - Throws: 400 for a language that we do not speak.
    package init(_ request: Request) throws(HTTPError) {
        let form = try Form(request)
        guard let language = Language(code: form.text("language")) else {
            throw .invalid([FieldError("language", .notAChoice(form.text("language")))])
        }
        self.language = language
        next = PagePath.local(form.text("next")) ?? "/"
    }

    /// Keeps it, and leads back.
    package func respond(_ page: PageContext) throws -> Response {
        guard page.layout.session != nil else {
            return page.seeOther(next, headers: [PageCookie.language.line(language.code, for: page.layout.request)])
        }
        _ = try page.context.run([
            Statement("select api.choose_language($1)", name: "choose_language", parameters: [.text(language.code)])
        ])
        return page.seeOther(next)
    }
}
