/// A form of a page: what is wrong stands above it, and once more at the field; nothing typed is lost but passwords.
package struct PageForm {
    private let action: String
    private let fields: [PageField]
    private let submit: Text
    private let errors: [FieldError]
    private let extra: HTML?

    /// - Parameters:
    ///   - errors: what is wrong with what was sent; a name that no field has stands above the form only.
    ///   - extra: hidden fields.
    package init(_ action: String, _ fields: [PageField], submit: Text, errors: [FieldError] = [], extra: HTML? = nil) {
        self.action = action
        self.fields = fields
        self.submit = submit
        self.errors = errors
        self.extra = extra
    }

    package func html(_ page: PageContext) -> HTML {
        let drawn = fields.map { field in field.html(page, errors.filter { $0.name == field.name }) }
        return """
            \(Self.summary(errors, of: fields.map(\.name), page))<form method="post" action="\(action)" novalidate>\(page.frame.formToken)\(extra)
            \(drawn)
            <p><button>\(page(submit))</button></p>
            </form>
            """
    }

    /// What is wrong, above a form, each with a link to its field; it takes the focus.
    ///
    /// - Parameter fields: the names of the fields that the form shows.
    package static func summary(_ errors: [FieldError], of fields: [String], _ page: PageContext) -> HTML? {
        guard !errors.isEmpty else { return nil }
        let lines = errors.map { error -> HTML in
            guard fields.contains(error.name) else { return "<li>\(page(error.text))</li>" }
            return "<li><a href=\"#\(error.name)\">\(page(error.text))</a></li>"
        }
        return """
            <div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors">
            <h2 id="errors">\(Icon.warning)\(page(.thereIsAProblem))</h2><ul>\(lines)</ul></div>

            """
    }
}

/// One field of a form.
package struct PageField {
    /// What kind of input it is.
    package enum Kind: Sendable {
        case text, password
        /// Digits or letters to be copied from somewhere.
        case code
    }

    let name: String
    private let label: Text
    private let kind: Kind
    private let value: String
    private let autocomplete: String
    private let hint: Text?

    /// - Parameters:
    ///   - value: what was typed before; never given back for a password.
    ///   - autocomplete: what the browser's memory may fill in (HTML, 4.10.18.7).
    package init(
        _ name: String, _ label: Text, _ kind: Kind = .text, value: String = "", autocomplete: String = "off",
        hint: Text? = nil
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.value = kind == .password ? "" : value
        self.autocomplete = autocomplete
        self.hint = hint
    }

    func html(_ page: PageContext, _ errors: [FieldError]) -> HTML {
        let described = [hint == nil ? nil : "\(name)-hint", errors.isEmpty ? nil : "\(name)-error"].compactMap(\.self)
        let describedBy: HTML? =
            described.isEmpty ? nil : " aria-describedby=\"\(described.joined(separator: " "))\""
        let hint: HTML? = hint.map { "<p class=\"hint\" id=\"\(name)-hint\">\(page($0))</p>" }
        let faults: HTML? =
            errors.isEmpty
            ? nil : "<p class=\"error\" id=\"\(name)-error\">\(errors.map { page($0.text) }.joined(separator: " "))</p>"
        return """
            <div class="field"><label for="\(name)">\(page(label))</label>\(hint)\(faults)\
            <input id="\(name)" name="\(name)"\(attributes) autocomplete="\(autocomplete)"\
            \(" aria-invalid=\"true\"", if: !errors.isEmpty)\(describedBy) required></div>

            """
    }

    private var attributes: HTML {
        switch kind {
        case .password: " type=\"password\""
        case .text: " type=\"text\" value=\"\(value)\" autocapitalize=\"none\" spellcheck=\"false\""
        case .code: " type=\"text\" class=\"code\" value=\"\(value)\" autocapitalize=\"none\" spellcheck=\"false\""
        }
    }
}

extension Text {
    static let thereIsAProblem = Text("There is a problem", es: "Hay un problema")
}
