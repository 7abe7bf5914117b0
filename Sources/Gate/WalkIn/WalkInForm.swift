import Pages
import Resource
import Visitors
import Web

/// The form of a visitor without notice: home and name, the rest folded, then one button for each resident of the home.
struct WalkInForm {
    let kind: String
    let unit: Int64?
    let facts: WalkInFacts
    let answer: FormAnswer
    let candidates: [FormOption]

    /// What is wrong, in the words of the fields that are seen.
    private var errors: [FieldError] {
        answer.errors.map { error in
            switch error.name {
            case "first_name", "last_name": FieldError("name", error.text)
            case "resident", "status": FieldError(FieldError.wholeObject, error.text)
            default: error
            }
        }
    }

    func summary(_ page: PageContext) -> HTML? {
        PageForm(
            GatePath.walkIn, groups: [FieldGroup(nil, main + folded)], buttons: [], errors: errors
        ).summary(page)
    }

    func html(_ page: PageContext) -> HTML {
        let isOpen = errors.contains { error in folded.contains { $0.name == error.name } }
        // The first button is what the return key presses: it asks who of the home approves.
        return """
            <form method="post" action="\(WalkInPage.path(kind, unit))" enctype="multipart/form-data" novalidate>\
            \(page.layout.formToken)<input type="hidden" name="request_id" value="\(page.context.request.id)">
            <button class="unseen" tabindex="-1">\(page.localized(.goOn))</button>
            \(main.map { FieldInput($0, errors).html(page) })
            <details\(" open", if: isOpen)><summary>\(page.localized(Self.more))</summary>
            \(folded.map { FieldInput($0, errors).html(page) })</details>
            <div id="word" data-from="\(WalkInPage.path(kind, nil))">
            \(known(page))\(word(page))</div>
            </form>
            """
    }

    // MARK: Fields

    /// What was typed, or what the visitor's last visit says.
    private func value(_ name: String) -> String { answer.form?.text(name) ?? facts.filled?.values[name] ?? "" }

    private func field(_ name: String, _ control: FormField.Control) -> FormField {
        FormField(
            name, visitors.field(name)?.label ?? Text(name, es: name), control, [value(name)], required: false)
    }

    private var main: [FormField] {
        let typed = answer.form?.text("unit.text") ?? ""
        var home = UnitChoice.field(
            unit.map(String.init) ?? "", facts.unitName, typed: unit == nil ? typed : "", candidates)
        var name = FormField("name", Text("Name", es: "Nombre"), .text(maximum: 201), [value("name")])
        home.hasFocus = answer.errors.isEmpty && unit == nil
        name.hasFocus = answer.form == nil && unit != nil
        return [home, name] + (kind == "GUEST" ? [] : [company])
    }

    private var company: FormField { field("company", .text(maximum: 200)) }

    private var folded: [FormField] {
        [
            field("vehicle_plate", .text(maximum: 20, verbatim: true)), field("companions", .number),
            field("purpose", .text()), field("phone", .phone(maximum: 20)), .photo,
        ] + (kind == "GUEST" ? [company] : []) + (facts.asksDocument ? [field("document_id", .text(maximum: 50))] : [])
    }

    // MARK: Who came before, and whose word it is

    private func known(_ page: PageContext) -> HTML? {
        guard !facts.known.isEmpty else { return nil }
        let links = facts.known.map { visitor -> HTML in
            """
            <li><a href="\(WalkInPage.path(kind, unit, from: visitor.id))">\(visitor.name) · \(Day(visitor.day).shortName(page))</a></li>
            """
        }
        return """
            <p class="quiet">\(page.localized(Self.lastVisits))</p><ul class="chips">\(links)</ul>

            """
    }

    private func word(_ page: PageContext) -> HTML {
        guard unit != nil else { return "<p class=\"tools\"><button>\(page.localized(.goOn))</button></p>" }
        let buttons = facts.hosts.map { host -> HTML in
            let call: HTML? = host.phone.isEmpty ? nil : " <a href=\"tel:\(host.phone.dialled)\">\(host.phone)</a>"
            return """
                <p><button name="word" value="\(host.id)">\(page.localized(.admitted(by: host.name)))</button>\(call)</p>

                """
        }
        let stay = facts.stay
        let minutes = Text("May stay \(stay.english).", es: "Puede permanecer \(stay.spanish).")
        return """
            <p class="quiet">\(page.localized(minutes))</p>
            \(buttons)<p><button class="quiet" name="word" value="\(WalkInPage.asking)">\(page.localized(Self.ask))</button></p>

            """
    }

    private static let more = Text(
        "Plate, companions, photo and more", es: "Placas, acompañantes, fotografía y más")
    private static let lastVisits = Text("Came before; fill in from:", es: "Ya vino antes; llenar con:")
    private static let ask = Text("Ask the residents and leave waiting", es: "Preguntar y dejar en espera")
}

extension Text {
    static let goOn = Text("Continue", es: "Continuar")

    /// - Parameter resident: who gave the word.
    static func admitted(by resident: String) -> Text {
        Text("Admit: \(resident) approves", es: "Dar entrada: autoriza \(resident)")
    }
}
