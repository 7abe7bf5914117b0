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
    ///   - fields: what else has to be said, and their names.
    ///   - errors: what was wrong with the answer.
    func response(
        _ page: PageContext, crumbs: [Crumb], _ facts: HTML = "", fields: HTML? = nil, names: [String] = [],
        errors: [FieldError] = [], status: Int = 200
    ) -> Response {
        let sentences = consequences.map { "<li>\(page.localized($0))</li>" as HTML }
        let back: HTML? = crumbs.last.map {
            "<a class=\"button quiet\" href=\"\($0.path)\">\(page.localized(.cancel))</a>"
        }
        let outcome: HTML? = sentences.isEmpty ? nil : "<ul class=\"outcome\">\(sentences)</ul>\n"
        return page.admin(
            title, crumbs: crumbs, status: status,
            """
            \(PageForm.summary(errors, of: names, page))\(facts)\(outcome)\
            <form class="task" method="post" action="\(page.layout.request.path)" novalidate>\(page.layout.formToken)
            \(fields)<p class="tools"><button\(" class=\"bad\"", if: isDestructive)>\(page.localized(button))</button> \(back)</p>
            </form>
            """)
    }
}

extension Text {
    static let cancel = Text("Cancel", es: "Cancelar")
}
