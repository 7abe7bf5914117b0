package import Web

/// A form of a page: what is wrong stands above it, and once more at the field; nothing typed is lost but passwords.
package struct PageForm {
    private let action: String
    private let groups: [PageFieldGroup]
    private let submit: Text
    private let errors: [FieldError]
    private let extra: HTML?

    /// - Parameters:
    ///   - errors: what is wrong with what was sent; a name that no field has stands above the form only.
    ///   - extra: hidden fields.
    package init(_ action: String, _ fields: [PageField], submit: Text, errors: [FieldError] = [], extra: HTML? = nil) {
        self.init(action, groups: [PageFieldGroup(nil, fields)], submit: submit, errors: errors, extra: extra)
    }

    /// A long form, in parts.
    package init(
        _ action: String, groups: [PageFieldGroup], submit: Text, errors: [FieldError] = [], extra: HTML? = nil
    ) {
        self.action = action
        self.groups = groups
        self.submit = submit
        self.errors = errors
        self.extra = extra
    }

    package func html(_ page: PageContext) -> HTML {
        """
        \(Self.summary(errors, of: groups.flatMap(\.fields).map(\.name), page))\
        <form\(" class=\"row-form\"", if: groups.count > 1) method="post" action="\(action)" novalidate>\
        \(page.layout.formToken)\(extra)
        \(groups.map { $0.html(page, errors) })
        <p><button>\(page.localized(submit))</button></p>
        </form>
        """
    }

    /// What is wrong, above a form, each with a link to its field; it takes the focus.
    ///
    /// - Parameter fields: the names of the fields that the form shows.
    package static func summary(_ errors: [FieldError], of fields: [String], _ page: PageContext) -> HTML? {
        guard !errors.isEmpty else { return nil }
        let lines = errors.map { error -> HTML in
            guard fields.contains(error.name) else { return "<li>\(page.localized(error.text))</li>" }
            return "<li><a href=\"#\(error.name)\">\(page.localized(error.text))</a></li>"
        }
        return """
            <div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors">
            <h2 id="errors">\(Icon.warning)\(page.localized(.thereIsAProblem))</h2><ul>\(lines)</ul></div>

            """
    }
}

/// Some fields of a form, under a heading of their own or none.
package struct PageFieldGroup {
    private let label: Text?
    let fields: [PageField]

    package init(_ label: Text?, _ fields: [PageField]) {
        self.label = label
        self.fields = fields
    }

    func html(_ page: PageContext, _ errors: [FieldError]) -> HTML {
        let drawn = HTML(fields.map { field in field.html(page, errors.filter { $0.name == field.name }) })
        return label.map { "<fieldset><legend>\(page.localized($0))</legend>\n\(drawn)</fieldset>\n" } ?? drawn
    }
}

extension Text {
    package static let thereIsAProblem = Text("There is a problem", es: "Hay un problema")
}
