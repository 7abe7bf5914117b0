import Pages
import Web

/// A page that asks before something is done: what will happen, in plain words, and one button; GET shows it, POST does it.
struct ConfirmationPage {
    let title: Text
    /// What will happen, a sentence each.
    let consequences: [Text]
    let button: Text
    /// Whether something is taken away, and drawn so.
    var isDestructive = false

    /// - Parameters:
    ///   - crumbs: the way here; the last one is where "no" leads.
    ///   - facts: what it is about, above the sentences.
    ///   - fields: what else has to be said.
    ///   - errors: what was wrong with the answer.
    func response(
        _ page: PageContext, crumbs: [Crumb], _ facts: HTML = "", fields: [FormField] = [],
        errors: [FieldError] = [], status: Int = 200
    ) -> Response {
        let sentences = consequences.map { "<li>\(page.localized($0))</li>" as HTML }
        let form = PageForm(
            page.layout.request.path, groups: [FieldGroup(nil, fields)],
            buttons: [FormButton(button, nil, isDestructive ? .destructive : .usual)], errors: errors, look: .task,
            cancel: crumbs.last?.path)
        let outcome: HTML? = sentences.isEmpty ? nil : "<ul class=\"outcome\">\(sentences)</ul>\n"
        return page.admin(
            title, crumbs: crumbs, status: status,
            """
            \(form.summary(page))\(facts)\(outcome)\(form.body(page))
            """)
    }
}
