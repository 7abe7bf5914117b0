package import Web

/// One field of a form.
package struct PageField {
    /// What kind of input it is.
    package enum Kind: Sendable {
        case text, password
        /// Digits or letters to be copied from somewhere.
        case code
        /// A whole number.
        case number
        /// One of several.
        case choice([PageChoice])
        /// Any of several; the values chosen stand in the value, with a blank between them.
        case several([PageChoice])
    }

    let name: String
    private let label: Text
    private let kind: Kind
    private let value: String
    private let autocomplete: String
    private let hint: Text?
    private let isRequired: Bool

    /// - Parameters:
    ///   - value: what was typed before; never given back for a password.
    ///   - autocomplete: what the browser's memory may fill in (HTML, 4.10.18.7).
    package init(
        _ name: String, _ label: Text, _ kind: Kind = .text, value: String = "", autocomplete: String = "off",
        hint: Text? = nil, isRequired: Bool = true
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.value = if case .password = kind { "" } else { value }
        self.autocomplete = autocomplete
        self.hint = hint
        self.isRequired = isRequired
    }

    func html(_ page: PageContext, _ errors: [FieldError]) -> HTML {
        let described = [hint == nil ? nil : "\(name)-hint", errors.isEmpty ? nil : "\(name)-error"].compactMap(\.self)
        let describedBy: HTML? =
            described.isEmpty ? nil : " aria-describedby=\"\(described.joined(separator: " "))\""
        let hint: HTML? = hint.map { "<p class=\"hint\" id=\"\(name)-hint\">\(page.localized($0))</p>" }
        let faults: HTML? =
            errors.isEmpty
            ? nil
            : "<p class=\"error\" id=\"\(name)-error\">\(errors.map { page.localized($0.text) }.joined(separator: " "))</p>"
        if case .several(let choices) = kind {
            let boxes = choices.map { box($0, page) }
            return """
                <fieldset class="field" id="\(name)"\(describedBy)><legend>\(page.localized(label))</legend>\(hint)\(faults)\
                \(boxes)</fieldset>

                """
        }
        let attributes: HTML = """
             id="\(name)" name="\(name)" autocomplete="\(autocomplete)"\
            \(" aria-invalid=\"true\"", if: !errors.isEmpty)\(describedBy)\(" required", if: isRequired)
            """
        return """
            <div class="field"><label for="\(name)">\(page.localized(label))</label>\(hint)\(faults)\
            \(control(attributes, page))</div>

            """
    }

    private func control(_ attributes: HTML, _ page: PageContext) -> HTML {
        switch kind {
        case .choice(let choices):
            let options = choices.map { $0.option(isChosen: $0.value == value, page) }
            return "<select\(attributes)>\(options)</select>"
        case .password: return "<input type=\"password\"\(attributes)>"
        case .number:
            return "<input type=\"text\" inputmode=\"numeric\" class=\"number\" value=\"\(value)\"\(attributes)>"
        case .code: return plain("code", attributes)
        case .text, .several: return plain(nil, attributes)
        }
    }

    private func plain(_ look: String?, _ attributes: HTML) -> HTML {
        let look: HTML? = look.map { " class=\"\($0)\"" }
        return """
            <input type="text"\(look) value="\(value)" autocapitalize="none" spellcheck="false"\(attributes)>
            """
    }

    private func box(_ choice: PageChoice, _ page: PageContext) -> HTML {
        let isChosen = value.split(separator: " ").contains { $0 == choice.value }
        return """
            <label class="check"><input type="checkbox" name="\(name)" value="\(choice.value)"\
            \(" checked", if: isChosen)> \(page.localized(choice.label))</label>
            """
    }
}

/// One of the values that a field offers.
package struct PageChoice: Sendable {
    let value: String
    let label: Text

    package init(_ value: String, _ label: Text) {
        self.value = value
        self.label = label
    }

    /// A value that says itself what it is.
    package init(_ value: String) {
        self.init(value, Text(value, es: value))
    }

    fileprivate func option(isChosen: Bool, _ page: PageContext) -> HTML {
        let said = page.localized(label)
        let given: HTML? = said == value ? nil : " value=\"\(value)\""
        return "<option\(given)\(" selected", if: isChosen)>\(said)"
    }
}
