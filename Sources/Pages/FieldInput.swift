package import Web

/// A field of a form as markup: label, hint, what is wrong with it, control; the one place that makes controls.
package struct FieldInput {
    private let field: FormField
    private let errors: [FieldError]

    /// - Parameter errors: of the whole form; those of other fields are left out.
    package init(_ field: FormField, _ errors: [FieldError] = []) {
        self.field = field
        self.errors = errors.filter { $0.name == field.name }
    }

    /// The field with everything around it.
    package func html(_ page: PageContext) -> HTML {
        let hint: HTML? = field.hint.map { "<p class=\"hint\" id=\"\(field.id)-hint\">\(page.localized($0))</p>" }
        let faults: HTML? =
            errors.isEmpty
            ? nil
            : """
            <p class="error" id="\(field.id)-error">\(errors.map { page.localized($0.text) }.joined(separator: " "))</p>
            """
        switch field.control {
        case .box:
            return """
                <div class="field"><input type="hidden" name="\(field.name)" value="false">\(faults)\
                \(box(FormOption("true", field.label), isTicked: field.value == "true", page, attributes))\(hint)</div>

                """
        case .boxes(let options):
            let boxes = options.map { box($0, isTicked: field.values.contains($0.value), page) }
            return """
                <fieldset class="field" id="\(field.id)"\(described)><legend>\(page.localized(field.label))</legend>\
                \(faults)<input type="hidden" name="\(field.name)" value=""><div class="checks">\(boxes)</div>\(hint)\
                </fieldset>

                """
        default:
            let optional: HTML? =
                field.isMarkedOptional ? " <span class=\"quiet\">(\(page.localized(.optional)))</span>" : nil
            return """
                <div class="field"><label for="\(field.id)">\(page.localized(field.label))\(optional)</label>\
                \(faults)\(control(page))\(hint)</div>

                """
        }
    }

    private func control(_ page: PageContext) -> HTML {
        switch field.control {
        case .input(let line): input(line)
        case .lines: "<textarea\(named(field.name)) rows=\"3\"\(attributes)>\n\(field.value)</textarea>"
        case .choice(let options, let blank): select(options, blank, page)
        case .record(let picker): record(picker, page)
        case .file(let accept, let removal): file(accept, removal, page)
        case .box, .boxes: ""
        }
    }

    // MARK: Attributes

    private func named(_ name: String) -> HTML { " id=\"\(field.id)\" name=\"\(name)\"" }

    private var described: HTML? {
        let ids = [field.hint == nil ? nil : "\(field.id)-hint", errors.isEmpty ? nil : "\(field.id)-error"]
        let known = ids.compactMap(\.self)
        return known.isEmpty ? nil : " aria-describedby=\"\(known.joined(separator: " "))\""
    }

    private var attributes: HTML {
        """
        \(described)\(" aria-invalid=\"true\"", if: !errors.isEmpty)\(" required", if: field.isRequired)\
        \(" autofocus", if: field.hasFocus)
        """
    }

    // MARK: Controls

    private func input(_ line: FormField.Line) -> HTML {
        let look: HTML? = line.look.map { " class=\"\($0)\"" }
        let keyboard: HTML? = line.inputMode.map { " inputmode=\"\($0)\"" }
        let maximum: HTML? = line.maximum.map { " maxlength=\"\($0)\"" }
        let step: HTML? = line.step.map { " step=\"\($0)\"" }
        let value: HTML? = line.isSecret ? nil : " value=\"\(field.value)\""
        return """
            <input\(named(field.name)) type="\(line.type)"\(look)\(keyboard)\(maximum)\(step)\(value) \
            autocomplete="\(line.autocomplete)"\
            \(" autocapitalize=\"none\" spellcheck=\"false\"", if: line.isVerbatim)\(attributes)>
            """
    }

    private func box(
        _ option: FormOption, isTicked: Bool, _ page: PageContext, _ attributes: HTML? = nil
    ) -> HTML {
        let id: HTML? = attributes == nil ? nil : " id=\"\(field.id)\""
        return """
            <label class="check"><input type="checkbox"\(id) name="\(field.name)" value="\(option.value)"\(attributes)\
            \(" checked", if: isTicked)>\(page.localized(option.label))</label>
            """
    }

    private func select(_ options: [FormOption], _ blank: String?, _ page: PageContext) -> HTML {
        let none = blank.map { [FormOption("", named: $0)] } ?? []
        let drawn = (none + options).map { option -> HTML in
            let said = page.localized(option.label)
            // A name that is its own value need not be sent twice: of time zones there are hundreds.
            let given: HTML? = said == option.value ? nil : " value=\"\(option.value)\""
            return "<option\(given)\(" selected", if: option.value == field.value)>\(said)"
        }
        return "<select\(named(field.name))\(attributes)>\(drawn)</select>"
    }

    private func record(_ picker: RecordPicker, _ page: PageContext) -> HTML {
        let completion: HTML? = picker.completionPath.map { " data-pick=\"\($0)\"" }
        let candidates = picker.candidates.map { option -> HTML in
            """
            <label class="check"><input type="radio" name="\(field.name).choice" value="\(option.value)">\
            \(page.localized(option.label))</label>
            """
        }
        let choices: HTML? = candidates.isEmpty ? nil : "<div class=\"checks\">\(candidates)</div>"
        return """
            <input type="hidden" name="\(field.name)" value="\(field.value)">\
            <input type="hidden" name="\(field.name).was" value="\(picker.name)">\
            <input\(named("\(field.name).text")) type="text" value="\(picker.typed.isEmpty ? picker.name : picker.typed)" \
            autocomplete="off"\(completion)\(attributes)>\(choices)
            """
    }

    private func file(_ accept: String, _ removal: Text?, _ page: PageContext) -> HTML {
        let remove: HTML? = removal.map { label in
            """
            <label class="check"><input type="checkbox" name="\(field.name).remove" value="yes">\
            \(page.localized(label))</label>
            """
        }
        return "<input\(named(field.name)) type=\"file\" accept=\"\(accept)\"\(attributes)>\(remove)"
    }
}

extension Text {
    fileprivate static let optional = Text("optional", es: "opcional")
}
