import JSON
import Pages
import Resource
import Web

/// One declared field as a control of a form, with its label, hint and faults.
struct FieldInput {
    let field: Field
    let target: Table?
    let isNew: Bool
    let values: FormValues
    /// Rows of a short table.
    let options: [Choice]?
    /// The name of the row that the field leads to now.
    let title: String
    let errors: [FieldError]

    private var name: String { field.name }

    /// What nobody reads back stays as it is when it is left blank.
    private var isRequired: Bool { field.isRequired && field.kind != .boolean && (isNew || !field.isHidden) }

    func html(_ page: PageContext) -> HTML {
        let hint = hint
        let hinted: HTML? = hint.map { "<p class=\"hint\" id=\"\(name)-hint\">\(page.localized($0))</p>" }
        let faults: HTML? =
            errors.isEmpty
            ? nil
            : "<p class=\"error\" id=\"\(name)-error\">\(errors.map { page.localized($0.text) }.joined(separator: " "))</p>"
        let described = [hint == nil ? nil : "\(name)-hint", errors.isEmpty ? nil : "\(name)-error"].compactMap(\.self)
        let about: HTML? = described.isEmpty ? nil : " aria-describedby=\"\(described.joined(separator: " "))\""
        let attributes: HTML =
            "\(about)\(" aria-invalid=\"true\"", if: !errors.isEmpty)\(" required", if: isRequired)"
        switch field.kind {
        case .boolean:
            return """
                <div class="field"><input type="hidden" name="\(name)" value="false">\(faults)\
                <label class="check"><input type="checkbox" id="\(name)" name="\(name)" value="true"\(attributes)\
                \(" checked", if: value == "true")>\(page.localized(field.label))</label>\(hinted)</div>

                """
        case .references:
            return """
                <fieldset class="field" id="\(name)"\(about)><legend>\(page.localized(field.label))</legend>\(hinted)\(faults)\
                <input type="hidden" name="\(name)" value=""><div class="checks">\(boxes)</div></fieldset>

                """
        case .integer where !field.flags.isEmpty:
            return """
                <fieldset class="field" id="\(name)"\(about)><legend>\(page.localized(field.label))</legend>\(hinted)\(faults)\
                <input type="hidden" name="\(name).flags" value=""><div class="checks">\(flagBoxes(page))</div></fieldset>

                """
        default:
            let optional: HTML? =
                isRequired || !field.isNullable && !field.kind.isText
                ? nil : " <span class=\"quiet\">(\(page.localized(Text("optional", es: "opcional"))))</span>"
            return """
                <div class="field"><label for="\(name)">\(page.localized(field.label))\(optional)</label>\(hinted)\(faults)\
                \(control(attributes, page))</div>

                """
        }
    }

    private var hint: Text? {
        if !isNew, field.isHidden { return Self.keeps }
        guard let options, options.count >= Table.maximumOptions else { return field.hint }
        return Text(
            [field.hint?.english, Self.some.english].compactMap(\.self).joined(separator: " "),
            es: [field.hint?.spanish, Self.some.spanish].compactMap(\.self).joined(separator: " "))
    }

    private static let some = Text(
        "The first \(Table.maximumOptions) are listed, and those that are chosen.",
        es: "Se muestran los primeros \(Table.maximumOptions) y los ya elegidos.")

    /// What stands in it: of a new row, what the table would fill in.
    private var value: String {
        let text = values.text(name)
        guard values.isFresh, text.isEmpty else { return text }
        switch field.defaultValue {
        case .string(let text)?: return text
        case .integer(let number)?: return String(number)
        case .bool(let isOn)?: return isOn ? "true" : "false"
        default: return ""
        }
    }

    private func flagBoxes(_ page: PageContext) -> [HTML] {
        let sum = WholeNumber.read(value, in: Field.flagSums) ?? 0
        return field.flags.enumerated().map { place, label in
            """
            <label class="check"><input type="checkbox" name="\(name).flags" value="\(1 << place)"\
            \(" checked", if: sum & (1 << place) != 0)>\(page.localized(label))</label>
            """
        }
    }

    private var boxes: [HTML] {
        let chosen = values.numbers(name)
        let offered = options ?? []
        let others = chosen.filter { number in !offered.contains { $0.id == number } }.map(Choice.init(nameless:))
        return (offered + others).map { option in
            """
            <label class="check"><input type="checkbox" name="\(name)" value="\(option.id)"\
            \(" checked", if: chosen.contains(option.id))>\(option.title)</label>
            """
        }
    }

    private func control(_ attributes: HTML, _ page: PageContext) -> HTML {
        switch field.kind {
        case .text(let maximum) where maximum ?? .max > 300:
            return "<textarea id=\"\(name)\" name=\"\(name)\" rows=\"3\"\(attributes)>\n\(value)</textarea>"
        case .choice(let choices):
            return select(choices.map { ($0, field.word(for: $0, page)) }, attributes, page)
        case .reference where options != nil:
            return select((options ?? []).map { (String($0.id), $0.title) }, attributes, page)
        case .reference: return picker(attributes, page)
        case .photo: return file(attributes, page)
        case .timestamp:
            let shown = value.contains("T") ? SiteTime(value).input : value
            return
                "<input type=\"datetime-local\" step=\"1\" id=\"\(name)\" name=\"\(name)\" value=\"\(shown)\"\(attributes)>"
        default:
            return "<input id=\"\(name)\" name=\"\(name)\"\(type) value=\"\(value)\" autocomplete=\"off\"\(attributes)>"
        }
    }

    /// Type, and what a browser may check before it sends.
    private var type: HTML {
        switch field.kind {
        case .email: " type=\"email\""
        case .phone(let maximum): " type=\"tel\" maxlength=\"\(maximum)\""
        case .text(let maximum): " type=\"text\"\(maximum.map { " maxlength=\"\($0)\"" as HTML })"
        case .date: " type=\"date\""
        // A browser's own control for times knows no 24:00.
        case .time(let throughMidnight): throughMidnight ? " type=\"text\"" : " type=\"time\""
        case .integer: " type=\"text\" inputmode=\"numeric\""
        case .decimal: " type=\"text\" inputmode=\"decimal\""
        case .code: " type=\"text\" class=\"code\" spellcheck=\"false\""
        default: " type=\"text\""
        }
    }

    private static let keeps = Text(
        "It is shown to nobody. Leave it blank to keep it.",
        es: "No se muestra a nadie. Déjelo en blanco para conservarlo.")

    private func select(_ options: [(String, String)], _ attributes: HTML, _ page: PageContext) -> HTML {
        let isOptional = !field.isRequired && (field.kind == .reference || values.isFresh)
        let none: HTML? = isOptional || value.isEmpty && !values.isFresh ? "<option value=\"\">–</option>" : nil
        // What stands in it and is not offered stays until another is chosen.
        let isOffered = value.isEmpty || options.contains { $0.0 == value }
        let drawn = (isOffered ? options : options + [(value, "#\(value)")]).map { option -> HTML in
            "<option value=\"\(option.0)\"\(" selected", if: option.0 == value)>\(option.1)</option>"
        }
        return "<select id=\"\(name)\" name=\"\(name)\"\(attributes)>\(none)\(drawn)</select>"
    }

    /// A row of a long table: its number is hidden, its name is typed.
    ///
    /// Without scripts the server looks the name up when
    /// the form is sent; with them it is completed while one types.
    private func picker(_ attributes: HTML, _ page: PageContext) -> HTML {
        let shown = values.chosen(name).isEmpty ? title : values.chosen(name)
        let ask = target.map { " data-pick=\"\($0.path)pick/\"" as HTML }
        return """
            <input type="hidden" name="\(name)" value="\(value)"><input type="hidden" name="\(name).was" value="\(title)">\
            <input id="\(name)" name="\(name).text" type="text" value="\(shown)" autocomplete="off"\(ask)\(attributes)>\
            \(candidates(page))
            """
    }

    /// Several rows that fit what was typed: one is to be chosen.
    private func candidates(_ page: PageContext) -> HTML? {
        guard let options = values.found[name], !options.isEmpty else { return nil }
        let drawn = options.map { option -> HTML in
            """
            <label class="check"><input type="radio" name="\(name).choice" value="\(option.id)">\(option.title)</label>
            """
        }
        return "<div class=\"checks\">\(drawn)</div>"
    }

    private func file(_ attributes: HTML, _ page: PageContext) -> HTML {
        let label = page.localized(Text("Take the picture away", es: "Quitar la fotografía"))
        let remove: HTML? =
            value.isEmpty || isNew
            ? nil
            : "<label class=\"check\"><input type=\"checkbox\" name=\"\(name).remove\" value=\"yes\">\(label)</label>"
        return
            "<input type=\"file\" id=\"\(name)\" name=\"\(name)\" accept=\"image/jpeg,image/png,image/webp\"\(attributes)>\(remove)"
    }
}
