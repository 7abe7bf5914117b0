package import Web

/// A form of a page: what is wrong stands above it, and once more at the field; nothing typed is lost but passwords.
package struct PageForm {
    /// How it is laid out.
    package enum Look: String {
        case plain = ""
        /// Groups of fields, side by side where there is room.
        case long = "row-form"
        /// A few fields below what they are about.
        case task
        /// One line above what it narrows down.
        case line = "period"
    }

    private let action: String
    private let groups: [FieldGroup]
    private let buttons: [FormButton]
    private let errors: [FieldError]
    private let look: Look
    private let hidden: [QueryItem]
    private let cancel: String?
    private let method: Method
    /// Where "Cancel" could be read as if it cancelled what the page is about.
    package var goesBack = false

    /// - Parameters:
    ///   - action: the path it is sent to.
    ///   - buttons: the first one is what the return key presses.
    ///   - errors: what is wrong with what was sent; a name that no field has stands above the form only.
    ///   - hidden: what travels with it unseen.
    ///   - cancel: where a link leads that sends nothing; nil for none.
    ///   - method: GET for a form that only asks; then it holds no token.
    package init(
        _ action: String, groups: [FieldGroup], buttons: [FormButton], errors: [FieldError] = [], look: Look = .plain,
        hidden: [QueryItem] = [], cancel: String? = nil, method: Method = .post
    ) {
        self.action = action
        self.groups = groups
        self.buttons = buttons
        self.errors = errors
        self.look = look
        self.hidden = hidden
        self.cancel = cancel
        self.method = method
    }

    /// A short form.
    package init(
        _ action: String, _ fields: [FormField], submit: Text, errors: [FieldError] = [], look: Look = .plain,
        hidden: [QueryItem] = [], method: Method = .post
    ) {
        self.init(
            action, groups: [FieldGroup(nil, fields)], buttons: [FormButton(submit)], errors: errors, look: look,
            hidden: hidden, method: method)
    }

    /// What is wrong, and below it the form.
    package func html(_ page: PageContext) -> HTML { "\(summary(page))\(body(page))" }

    /// The form alone, where something stands between it and what is wrong.
    package func body(_ page: PageContext) -> HTML {
        let look: HTML? = look == .plain ? nil : " class=\"\(look.rawValue)\""
        let sending: HTML? = method == .post ? " method=\"post\"" : nil
        let kept = hidden.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as HTML }
        let fields = groups.flatMap(\.fields)
        let hasFile = fields.contains { if case .file = $0.control { true } else { false } }
        // Beside "Cancel the visit" it must not read as the same.
        let leave = goesBack || buttons.contains(where: \.takesAway) ? Text.goBack : .cancel
        let back: HTML? = cancel.map { "<a class=\"button quiet\" href=\"\($0)\">\(page.localized(leave))</a>" }
        return """
            <form\(look)\(sending) action="\(action)"\(" enctype=\"multipart/form-data\"", if: hasFile) novalidate>\
            \(method == .post ? page.layout.formToken : nil)\(kept)
            \(groups.map { $0.html(page, errors) })
            <p class="tools">\(buttons.map { $0.html(page) })\(back)</p>
            </form>
            """
    }

    /// What is wrong, each with a link to its field; it takes the focus; nil when nothing is.
    package func summary(_ page: PageContext) -> HTML? {
        guard !errors.isEmpty else { return nil }
        let fields = groups.flatMap(\.fields)
        let lines = errors.map { error -> HTML in
            guard let field = fields.first(where: { $0.name == error.name }) else {
                return "<li>\(page.localized(error.text))</li>"
            }
            // In a long form the sentence says which field it is about.
            let label: HTML? = groups.count > 1 || fields.count > 3 ? "\(page.localized(field.label)): " : nil
            return "<li><a href=\"#\(field.id)\">\(label)\(page.localized(error.text))</a></li>"
        }
        return """
            <div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors">
            <h2 id="errors">\(Icon.warning)\(page.localized(.thereIsAProblem))</h2><ul>\(lines)</ul></div>

            """
    }
}

/// Some fields of a form, under a heading of their own or none.
package struct FieldGroup: Sendable {
    private let label: Text?
    private let isFolded: Bool
    let fields: [FormField]

    /// - Parameters:
    ///   - label: the heading; nil for none.
    ///   - isFolded: whether the fields are seen once the heading is pressed; they always are while something is wrong there.
    package init(_ label: Text?, _ fields: [FormField], isFolded: Bool = false) {
        self.label = label
        self.isFolded = isFolded
        self.fields = fields
    }

    func html(_ page: PageContext, _ errors: [FieldError]) -> HTML {
        let drawn = HTML(fields.map { FieldInput($0, errors).html(page) })
        if isFolded, let label {
            let isOpen = errors.contains { error in fields.contains { $0.name == error.name } }
            return "<details\(" open", if: isOpen)><summary>\(page.localized(label))</summary>\n\(drawn)</details>\n"
        }
        return label.map { "<fieldset><legend>\(page.localized($0))</legend>\n\(drawn)</fieldset>\n" } ?? drawn
    }
}

/// A button that sends a form.
package struct FormButton: Sendable {
    /// How a button is drawn.
    package enum Tone: String, Sendable {
        case usual = ""
        /// Beside the one that is meant.
        case quiet
        /// It takes something away.
        case destructive = "bad"
    }

    private let label: Text
    private let item: QueryItem?
    private let tone: Tone

    /// - Parameter item: name and value that it adds to what is sent.
    package init(_ label: Text, _ item: QueryItem? = nil, _ tone: Tone = .usual) {
        self.label = label
        self.item = item
        self.tone = tone
    }

    var takesAway: Bool { tone == .destructive }

    func html(_ page: PageContext) -> HTML {
        let look: HTML? = tone == .usual ? nil : " class=\"\(tone.rawValue)\""
        let sent: HTML? = item.map { " name=\"\($0.name)\" value=\"\($0.value)\"" }
        return "<button\(look)\(sent)>\(page.localized(label))</button>\n"
    }
}

extension Text {
    /// What a link says that leaves a form without sending it.
    package static let cancel = Text("Cancel", es: "Cancelar")
    /// The same where the button takes something away.
    fileprivate static let goBack = Text("Go back", es: "Regresar")
    /// What stands above the faults of a form.
    package static let thereIsAProblem = Text("There is a problem", es: "Hay un problema")
}
